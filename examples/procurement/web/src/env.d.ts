/** What is known when the front end is built: where its two servers are. */
interface ImportMeta {
  readonly env: { readonly ACCOUNTS_URL: string; readonly SALES_URL: string }
}

declare module '*.css'

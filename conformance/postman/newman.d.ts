/** The part of newman that is used; it brings no types of its own. */
declare module 'newman' {
  const newman: {
    run(options: object, done: (error: Error | null, summary: never) => void): void
  }
  // biome-ignore lint/style/noDefaultExport: it says what newman does
  export default newman
}

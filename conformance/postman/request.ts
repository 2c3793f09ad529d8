/** A request of the Postman collection: what it is made of, and how it is made. */

/** A request as Postman stores it (collection format 2.1). */
export interface PostmanItem {
  readonly name: string
  readonly request: {
    readonly method: string
    readonly header: readonly { readonly key: string; readonly value: string }[]
    readonly url: string
    readonly body?: {
      readonly mode: 'raw'
      readonly raw: string
      readonly options: { readonly raw: { readonly language: 'json' } }
    }
    readonly description?: string
  }
  readonly event?: readonly PostmanScript[]
}

/** A script that Postman runs before or after a request. */
export interface PostmanScript {
  readonly listen: 'prerequest' | 'test'
  readonly script: { readonly type: 'text/javascript'; readonly exec: readonly string[] }
}

/** A script of these lines. */
export const script = (listen: PostmanScript['listen'], ...exec: string[]): PostmanScript => ({
  listen,
  script: { type: 'text/javascript', exec },
})

/** One request to Doorward: with a JSON body where there is one, and with the access token where it is needed. */
export function request(input: {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly signedIn?: boolean
  readonly description?: string | undefined
  readonly events?: readonly PostmanScript[]
}): PostmanItem {
  const { name, method, path, body, signedIn, description, events } = input
  const header = [
    { key: 'Accept', value: 'application/json' },
    ...(body === undefined ? [] : [{ key: 'Content-Type', value: 'application/json' }]),
    ...(signedIn ? [{ key: 'Authorization', value: 'JWT {{access}}' }] : []),
  ]
  const raw = {
    mode: 'raw',
    raw: JSON.stringify(body, null, 2),
    options: { raw: { language: 'json' } },
  } as const
  return {
    name,
    request: {
      method,
      header,
      url: `{{baseUrl}}${path}`,
      ...(body !== undefined && { body: raw }),
      ...(description && { description }),
    },
    ...(events && { event: events }),
  }
}

/** Reads mailed links, whose form a project may choose. */

/** The two parts of a mailed link. */
export interface MailedLink {
  readonly uid: string
  readonly token: string
}

/** Reads a mailed link out of an address, by the pattern of the settings; null if it is another one. */
export function readLink(pattern: string, address: string): MailedLink | null {
  const form = pattern
    .split(/(\{uid\}|\{token\})/)
    .map((part) =>
      part === '{uid}' ? '(?<uid>[^/?#&]+)' : part === '{token}' ? '(?<token>[^/?#&]+)' : escapeRegExp(part),
    )
    .join('')
  const { uid, token } = new RegExp(`^/${form}/?$`).exec(address)?.groups ?? {}
  return uid === undefined || token === undefined ? null : { uid, token }
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Reads mailed links, whose form a project may choose. */

/** The two parts of a mailed link. */
export interface MailedLink {
  readonly uid: string
  readonly token: string
}

/**
 * Reads a mailed link out of an address, by the pattern of the settings; null if it is another one. Services that send
 * mails add to the query (`?utm_source=…`), which changes nothing.
 */
export function readLink(pattern: string, address: string): MailedLink | null {
  const form = pattern
    .split(/(\{uid\}|\{token\})/)
    .map((part) =>
      part === '{uid}' ? '(?<uid>[^/?#&]+)' : part === '{token}' ? '(?<token>[^/?#&]+)' : written(part),
    )
    .join('')
  const { uid, token } = new RegExp(`^/${form}/?(?:[?&#].*)?$`).exec(address)?.groups ?? {}
  return uid === undefined || token === undefined ? null : { uid, token }
}

/** What is written in the pattern, with what others may add to the query before a fragment. */
const written = (part: string): string => escapeRegExp(part).replace('#', '(?:[?&][^#]*)?#')

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

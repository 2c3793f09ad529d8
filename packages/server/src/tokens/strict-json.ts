/** JSON from outside, without its ambiguities: valid UTF-8, one object, each name once, not too deep (RFC 8725 §3.7). */

/** How deep objects and lists may nest. */
const MAX_DEPTH = 32
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g

/**
 * Reads a JSON object; null when it is anything else. A name that occurs twice in an object, at any depth, is
 * refused, because programs disagree on which of the two counts (RFC 8259 §4).
 */
export function parseStrictObject(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const text = utf8.decode(bytes)
    const value: unknown = JSON.parse(text)
    if (!isObject(value) || !isShallow(value)) return null
    // what we wrote ourselves, and most of what others did, is spelled as it would be here: then nothing is there twice
    return JSON.stringify(value) === text || isUnambiguous(text) ? value : null
  } catch {
    return null
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isShallow = (value: unknown, levels = MAX_DEPTH): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((one) => isShallow(one, levels - 1)))

/** Whether no name comes twice. Expects well-formed JSON, where a string before a colon is a name. */
function isUnambiguous(text: string): boolean {
  const names: Set<string>[] = []
  let last = ''
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[') names.push(new Set())
    else if (token === '}' || token === ']') names.pop()
    else if (token === ':') {
      // "\u0065xp" and "exp" are the same name
      const name = String(JSON.parse(last))
      if (names.at(-1)?.has(name)) return false
      names.at(-1)?.add(name)
    } else last = token
  }
  return true
}

/** Which form of answer a client accepts (RFC 9110 §12.5.1), as DRF looks at it: any quality counts, even 0. */

/** The forms of an answer. */
export type AnswerForm = 'json' | 'problem'

const RENDERED = ['application/json', 'text/html', 'application/problem+json']

/** The form that an Accept header asks for, or null if none of ours is acceptable. */
export function negotiate(accept: string | null): AnswerForm | null {
  if (accept === null || accept === '*/*' || accept === 'application/json') return 'json'
  const ranges = accept.split(',').map((range) => (range.split(';')[0] ?? '').trim().toLowerCase())
  if (ranges.includes('application/problem+json')) return 'problem'
  return ranges.some((range) => RENDERED.some((type) => matches(range, type))) ? 'json' : null
}

function matches(range: string, type: string): boolean {
  const [main, sub] = range.split('/')
  const [ownMain, ownSub] = type.split('/')
  return (main === '*' || main === ownMain) && (sub === '*' || sub === ownSub)
}

/** The first language of an Accept-Language header that is among `available`, or null. */
export function preferredLanguage(header: string | null, available: readonly string[]): string | null {
  const wanted = (header ?? '').split(',').map((range) => {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';')
    const quality = /q=([\d.]+)/.exec(parameters.join(';'))?.[1]
    return { tag, quality: quality === undefined ? 1 : Number(quality) }
  })
  const sorted = wanted.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality)
  for (const { tag } of sorted) {
    const found = available.find((language) => language === tag || language === tag.split('-')[0])
    if (found) return found
  }
  return null
}

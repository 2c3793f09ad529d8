/** Numbers as Python's `int()` reads them: ids on Djoser's wire are whatever it takes. */

const FORM = /^[\s\x1c-\x1f\x85]*([+-]?)(\p{Nd}+(?:_\p{Nd}+)*)[\s\x1c-\x1f\x85]*$/u

/**
 * The whole number that a text says, or null: signs, white space around it, single underscores between digits and
 * the decimal digits of any script count, as in Python. Null also beyond what a double holds exactly.
 */
export function pythonInteger(text: string): number | null {
  const [, sign = '', digits = ''] = FORM.exec(text) ?? []
  if (digits === '') return null
  const plain = digits.replaceAll('_', '').replace(/\p{Nd}/gu, decimalValue)
  const value = Number(`${sign}${plain}`)
  return Number.isSafeInteger(value) ? value : null
}

/** Decimal digits stand in runs of ten that begin with a zero, in every script (Unicode Standard, §4.6). */
function decimalValue(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  let zero = code
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero--
  // runs that touch (the mathematical digits) begin at multiples of ten from U+1D7CE
  if (code >= 0x1d7ce && code <= 0x1d7ff) return String((code - 0x1d7ce) % 10)
  return String(code - zero)
}

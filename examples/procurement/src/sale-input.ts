/** What may be sent as a sale, with the messages that the tutorial's framework gives. */
import { z } from 'zod'
import type { NewSale } from './sales.ts'

const REQUIRED = 'This field is required.'
const WHOLE = 'A valid integer is required.'
const NUMBER = 'A valid number is required.'

const missing = (other: string) => ({
  error: ({ input }: { input: unknown }) => {
    if (input === undefined) return REQUIRED
    return input === null ? 'This field may not be null.' : other
  },
})

const quantity = z
  .union(
    [
      z.number(),
      z
        .string()
        .trim()
        .regex(/^[+-]?\d+$/),
    ],
    missing(WHOLE),
  )
  .transform(Number)
  .pipe(
    z
      .int(WHOLE)
      .min(1, 'Ensure this value is greater than or equal to 1.')
      .max(2147483647, 'Ensure this value is less than or equal to 2147483647.'),
  )

const price = z
  .union([z.number(), z.string()], missing(NUMBER))
  .transform((value) => String(value).trim())
  .pipe(
    z
      .string()
      .regex(/^-?(?:\d+(?:\.\d*)?|\.\d+)$/, { error: NUMBER, abort: true })
      .refine(
        (text) => (text.split('.')[1] ?? '').length <= 2,
        'Ensure that there are no more than 2 decimal places.',
      )
      .refine(
        (text) => text.replace(/^-?0*/, '').replace('.', '').length <= 12,
        'Ensure that there are no more than 12 digits in total.',
      ),
  )
  .transform(withTwoDecimals)

function withTwoDecimals(text: string): string {
  const [whole = '', decimals = ''] = text.split('.')
  const sign = whole.startsWith('-') ? '-' : ''
  return `${sign}${whole.replace(/^-?0*(?=\d)/, '') || '0'}.${decimals.padEnd(2, '0')}`
}

const SCHEMA = z.object({
  item: z
    .string(missing('Not a valid string.'))
    .trim()
    .min(1, 'This field may not be blank.')
    .max(100, 'Ensure this field has no more than 100 characters.'),
  quantity,
  price,
  note: z.string('Not a valid string.').trim().default(''),
})

/** Messages by field. */
export type SaleFaults = Readonly<Record<string, readonly string[]>>

/** The sale that a body says, or what is wrong with it. */
export function readSale(body: unknown): { readonly sale: NewSale } | { readonly faults: SaleFaults } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { faults: { non_field_errors: ['Invalid data. Expected a dictionary.'] } }
  }
  const result = SCHEMA.safeParse(body)
  if (result.success) return { sale: result.data }
  const faults: Record<string, string[]> = {}
  for (const { path, message } of result.error.issues) {
    const name = String(path[0] ?? 'non_field_errors')
    faults[name] = [...(faults[name] ?? []), message]
  }
  return { faults }
}

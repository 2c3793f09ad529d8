import { join } from '../accounts.ts'
import { type JsonFields, TEXT_VARIANTS, type Variant, vary } from '../matrix.ts'
import { form, jsonText, multipartOf } from '../payload.ts'
import type { Case, Topic } from '../runner.ts'

const PATH = '/api/sales/'
const SALE = { item: 'Carousel horse', quantity: 2, price: '1500000.50', note: 'painted' }
const BASE: JsonFields = { item: '"Horse"', quantity: '2', price: '"10.00"', note: '"n"' }

const json = (...texts: string[]): Variant[] => texts.map((text) => ({ name: text.slice(0, 60), json: text }))

const QUANTITIES = json(
  '1',
  '0',
  '-1',
  '2147483647',
  '2147483648',
  '1.0',
  '1.5',
  '"1"',
  '" 2 "',
  '"1.0"',
  '"1.5"',
  '"1e3"',
  '1e3',
  '"+5"',
  '"-5"',
  '"٣"',
  '"1_000"',
  '"1,000"',
  '"0x10"',
  '"007"',
  'true',
  'false',
  '[]',
  '{}',
  '[1]',
  'null',
  '""',
  '" "',
  '"abc"',
  '123456789012345678901234567890',
  `"${'9'.repeat(1001)}"`,
  '1e400',
  '"NaN"',
  '"3.0"',
  '"3.00"',
  '"3."',
  '-0',
  '1e0',
  '"\\u0000"',
)
const PRICES = json(
  '1',
  '1.5',
  '10.55',
  '"10.55"',
  '"10.555"',
  '10.555',
  '"10.550"',
  '0',
  '-1',
  '"-0.01"',
  '"9999999999.99"',
  '"10000000000.00"',
  '"99999999999.9"',
  '"999999999999"',
  '"1e3"',
  '1e3',
  '"1e-3"',
  '"1E+2"',
  '"NaN"',
  '"Infinity"',
  '"-Infinity"',
  '"sNaN"',
  '"inf"',
  'true',
  'false',
  '[]',
  '{}',
  'null',
  '""',
  '" "',
  '" 5.5 "',
  '"abc"',
  '"1,5"',
  '"1.000,50"',
  '"$5"',
  '"٣"',
  '"0.1"',
  '0.1',
  '"00012.30"',
  '"-0"',
  '"-0.00"',
  '"+7"',
  '".5"',
  '"5."',
  '"1_0"',
  '"1e400"',
  '1e400',
  `"${'1'.repeat(1001)}"`,
  '"0.00"',
  '"0.000"',
  '1.10',
  '1e-2',
  '1e-7',
  '"1e9"',
  '"1e10"',
  '12345678901234567890',
)

const variants: readonly (readonly [string, readonly Variant[]])[] = [
  [
    'item',
    [
      ...TEXT_VARIANTS,
      ...json('"x y"', `"${'x'.repeat(100)}"`, `"${'x'.repeat(101)}"`, `" ${'x'.repeat(100)} "`),
    ],
  ],
  ['quantity', [{ name: 'missing', json: undefined }, ...QUANTITIES]],
  ['price', [{ name: 'missing', json: undefined }, ...PRICES]],
  ['note', [...TEXT_VARIANTS, ...json('"a\\nb"')]],
]

const fieldCases: Case[] = variants.map(([field, list]) => ({
  name: `every value of ${field}`,
  run: (s) => vary(s, { method: 'POST', path: PATH, options: { as: s.other } }, BASE, field, list),
}))

/** The sample resource, where Doorward has one beside it. */
export const sales: Topic = {
  name: 'sales',
  needsSales: true,
  cases: [
    ...fieldCases,
    {
      name: 'one makes and lists sales of one’s own',
      run: async (s) => {
        const ada = await join(s, 'ada')
        await s.get(PATH, { as: ada })
        await s.post(PATH, SALE, { as: ada })
        await s.post(PATH, { item: 'No note', quantity: 1, price: 5 }, { as: ada })
        await s.post(PATH, form({ item: 'Form', quantity: '3', price: '7.5', note: '' }), { as: ada })
        await s.post(PATH, multipartOf({ item: 'Multipart', quantity: '4', price: '8' }), { as: ada })
        await s.post(PATH, { ...SALE, id: 1, created_at: '2020-01-01', owner: 1 }, { as: ada })
        await s.post(PATH, { item: '', quantity: 'x', price: 'y', note: null }, { as: ada })
        await s.post(PATH, jsonText('{}'), { as: ada })
        await s.post(PATH, [SALE], { as: ada })
        await s.get(PATH, { as: ada })
        const eve = await join(s, 'eve')
        await s.get(PATH, { as: eve })
        await s.get(PATH)
        await s.post(PATH, SALE)
        await s.get(PATH, { as: 'JWT broken' })
        for (const method of ['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'PURGE']) {
          await s.send(method, PATH, undefined, { as: ada })
          await s.send(method, PATH)
        }
        const why = 'missing trailing slash: the route answers as with the slash'
        await s.get('/api/sales', { as: ada, differs: { why, reference: 301, doorward: [200, 404] } })
      },
    },
  ],
}

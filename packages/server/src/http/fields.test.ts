import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { failField } from '../domain/errors.ts'
import { formData } from './body.ts'
import * as fields from './fields.ts'
import { parseInput } from './parse-input.ts'

const PAGE = z.object({
  limit: fields.orAbsent(fields.integer({ min: 1, max: 100, description: 'How many.' })),
  is_staff: fields.orAbsent(fields.truth()),
  since: fields.orAbsent(fields.moment()),
})

const read = (query: string) => parseInput(PAGE, formData(new URLSearchParams(query)))
const refusal = (query: string) =>
  read(query).then(
    () => null,
    (error: { issues: unknown }) => error.issues,
  )

describe('the parameters of a query | reading', () => {
  it('takes numbers, yes and no, and moments in any time zone', async () => {
    expect(await read('limit=20&is_staff=yes&since=2030-01-01T07:00:00%2B07:00')).toEqual({
      limit: 20,
      is_staff: true,
      since: Date.UTC(2030, 0, 1),
    })
    expect(await read('since=2030-01-01')).toEqual({ since: Date.UTC(2030, 0, 1) })
  })

  it('passes over what is absent, blank or unknown; of several the last counts', async () => {
    expect(await read('limit=&nonsense=1')).toEqual({})
    expect(await read('limit=3&limit=4')).toEqual({ limit: 4 })
  })

  it('refuses by name what a parameter cannot hold', async () => {
    expect(await refusal('limit=0&is_staff=perhaps&since=yesterday')).toEqual([
      { path: 'limit', code: 'min_value', params: { min: 1 } },
      { path: 'is_staff', code: 'invalid_boolean' },
      { path: 'since', code: 'invalid_datetime' },
    ])
  })
})

describe('the parameters of a query | documentation', () => {
  it('a parameter that may be absent says the same of itself as one that must be there', () => {
    expect(fields.orAbsent(fields.integer({ min: 1, description: 'How many.' })).meta()).toMatchObject({
      type: 'integer',
      minimum: 1,
      description: 'How many.',
    })
  })
})

describe('the fields of a body | refusals', () => {
  it('come in the order of the fields, also those that the database was asked about', async () => {
    const body = z.object({ email: fields.text({ email: true }), role: fields.text() })
    const taken = () => Promise.reject(failField('email', 'email_taken'))
    const refused = parseInput(body, { email: 'owner@example.com' }, { email: taken })
    await expect(refused).rejects.toMatchObject({
      issues: [
        { path: 'email', code: 'email_taken' },
        { path: 'role', code: 'required' },
      ],
    })
  })
})

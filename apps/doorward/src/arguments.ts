/** What is typed behind options and commands, read the same way everywhere. */
import type { Settings } from '@doorward/server'
import { mailLocales } from '@doorward/server/administration'
import { InvalidArgumentError } from 'commander'

/** A number of things or of one thing. InvalidArgumentError for anything else than 1 to 999999999999999. */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('Write a number from 1 on.')
  return Number(text)
}

/** The name of a file. InvalidArgumentError for a blank one, as a variable that is not set leaves it. */
export function fileName(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Write the name of a file.')
  return text
}

/** A text without the white space around it, as the API reads it. */
export const trimmed = (text: string): string => text.trim()

/**
 * A language for mails, or null for that of the site. TypeError where there are none in it, nor in the language of
 * its region (`id-ID` is read as `id`): they would come in the site's without a word.
 */
export function mailLocale(given: string | undefined, { mails }: Settings): string | null {
  if (given === undefined) return null
  const there = mailLocales(mails.templates)
  const tag = given.toLowerCase().replaceAll('_', '-')
  if ([tag, tag.replace(/-.*/, '')].some((one) => there.some((other) => other.toLowerCase() === one)))
    return given
  throw new TypeError(`There are no mails in the language “${given}”. There are: ${there.join(', ')}.`)
}

/** A moment, or the day that begins then (UTC), as milliseconds since 1970; the form is that of the API. */
export function moment(text: string): number {
  const form = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/
  const [, day] = form.exec(text) ?? []
  const isDay = day !== undefined && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day)
  const time = isDay ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(time)) return time
  throw new InvalidArgumentError('Write a day or a moment: 2030-01-31, 2030-01-31T12:00:00Z.')
}

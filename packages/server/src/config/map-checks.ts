/** Checks of the settings that only the typed configuration can give: maps of fields, permissions, sentences, mails. */
import { ERRORS } from '../domain/errors.ts'
import { type FieldWriter, type ProfileField, RESERVED_FIELD_NAMES } from '../domain/profile-field.ts'
import type { MailKind } from '../mail/kinds.ts'
import type { Objection } from './descriptors.ts'
import { didYouMean } from './suggest.ts'

const FIELD_NAME = /^[a-z][a-z0-9_]{0,40}$/
const FIELD_TYPES: readonly string[] = [
  'text',
  'integer',
  'boolean',
  'date',
] satisfies readonly ProfileField['type'][]
const FIELD_WRITERS: readonly string[] = ['self', 'registration', 'staff'] satisfies readonly FieldWriter[]
const FIELD_KEYS = Object.keys({
  type: true,
  required: true,
  maxLength: true,
  choices: true,
  writableBy: true,
  description: true,
} satisfies Record<keyof ProfileField, true>)
const MAIL_KINDS = Object.keys({
  activation: true,
  invitation: true,
  confirmation: true,
  password_reset: true,
  password_changed: true,
  email_reset: true,
  email_changed: true,
  email_changed_notice: true,
  account_exists: true,
  refresh_token_reused: true,
  email_change: true,
  email_change_taken: true,
  email_restored: true,
  failed_sign_ins: true,
  new_device: true,
} satisfies Record<MailKind, true>)

/** Whether a value is an object with named entries, as a configuration writes it. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isOneOf = (words: readonly string[], value: unknown) => words.some((word) => word === value)

const NOT_AN_OBJECT: readonly Objection[] = [
  { problem: 'is not an object', fix: 'Write `{ name: value, … }`, or leave it out.' },
]
const unknownName = (at: string, known: readonly string[]): Objection => ({
  at,
  problem: 'does not exist',
  fix: didYouMean(at, known),
})

/** Checks each entry of a map: its name against the known ones, its value by itself. */
function entries(
  map: unknown,
  known: readonly string[],
  objection: (value: unknown) => Omit<Objection, 'at'> | null,
): readonly Objection[] {
  if (!isRecord(map)) return NOT_AN_OBJECT
  return Object.entries(map).flatMap(([name, value]) => {
    if (!known.includes(name)) return [unknownName(name, known)]
    const found = value === undefined ? null : objection(value)
    return found ? [{ at: name, ...found }] : []
  })
}

/** Who may call which operation. */
export const permissionChanges = (map: unknown, operations: readonly string[], callers: readonly string[]) =>
  entries(map, operations, (who) =>
    isOneOf(callers, who)
      ? null
      : { problem: 'is not one of the permissions there are', fix: `Write one of: ${callers.join(', ')}.` },
  )

/** A project's own sentences, by code of the error. */
export const errorMessages = (map: unknown) =>
  entries(map, Object.keys(ERRORS), (sentence) =>
    typeof sentence === 'string' && sentence.trim() !== ''
      ? null
      : { problem: 'is not a sentence', fix: 'Write a text.' },
  )

/** A project's own mails, by language and kind. */
export function mailTemplates(map: unknown): readonly Objection[] {
  if (!isRecord(map)) return NOT_AN_OBJECT
  return Object.entries(map).flatMap(([language, templates]) =>
    entries(templates, MAIL_KINDS, (template) =>
      typeof template === 'function'
        ? null
        : { problem: 'is not a function', fix: 'Write a function from data to `{ subject, text, html }`.' },
    ).map((found) => ({ ...found, at: found.at ? `${language}.${found.at}` : language })),
  )
}

/** The profile fields that a project declares; they become columns, so names are narrow. */
export function profileFields(map: unknown): readonly Objection[] {
  if (!isRecord(map)) return NOT_AN_OBJECT
  return Object.entries(map).flatMap(([name, field]) => [
    ...fieldName(name),
    ...(isRecord(field) ? fieldParts(field) : NOT_AN_OBJECT).map((found) => ({
      ...found,
      at: found.at ? `${name}.${found.at}` : name,
    })),
  ])
}

function fieldName(name: string): readonly Objection[] {
  const fix = 'Choose another name, such as `phone`.'
  if (RESERVED_FIELD_NAMES.has(name))
    return [{ at: name, problem: 'is a name that Doorward itself uses', fix }]
  if (FIELD_NAME.test(name)) return []
  return [{ at: name, problem: 'is not a name of small letters, digits and `_` (at most 41)', fix }]
}

/** What is wrong with the parts of one declared field. */
function fieldParts(field: Readonly<Record<string, unknown>>): readonly Objection[] {
  const { type, required, maxLength, choices, writableBy, description } = field
  const isText = type === 'text'
  const rules: readonly (readonly [at: string, good: boolean, problem: string, fix: string])[] = [
    ['type', isOneOf(FIELD_TYPES, type), 'is not a type', `Write one of: ${FIELD_TYPES.join(', ')}.`],
    ['required', isOptional(required, 'boolean'), 'is neither on nor off', 'Write true or false.'],
    ['maxLength', maxLength === undefined || isText, 'is only for text', 'Leave it out.'],
    ['maxLength', maxLength === undefined || isLength(maxLength), 'is not a length', 'Write 1 to 65535.'],
    ['choices', choices === undefined || isText, 'is only for text', 'Leave it out.'],
    ['choices', choices === undefined || isWords(choices), 'is not a list of texts', "Write ['a', 'b']."],
    [
      'writableBy',
      writableBy === undefined || isOneOf(FIELD_WRITERS, writableBy),
      'is not one of the writers there are',
      `Write one of: ${FIELD_WRITERS.join(', ')}.`,
    ],
    [
      'required',
      required !== true || writableBy !== 'staff',
      'cannot be asked for, because only staff may write the field',
      'Leave out `required`, or let people write it.',
    ],
    ['description', isOptional(description, 'string'), 'is not a text', 'Write a sentence.'],
  ]
  const unknown = Object.keys(field).filter((part) => !FIELD_KEYS.includes(part))
  const broken = rules.filter(([, good]) => !good).map(([at, , problem, fix]) => ({ at, problem, fix }))
  return [...unknown.map((part) => unknownName(part, FIELD_KEYS)), ...broken]
}

const isOptional = (value: unknown, type: 'boolean' | 'string') =>
  value === undefined || typeof value === type
const isLength = (value: unknown) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65_535
const isWords = (value: unknown) =>
  Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === 'string' && word !== '')

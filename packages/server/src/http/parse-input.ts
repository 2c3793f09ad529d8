/** From the data of a body to a flow's input, or to all of its issues at once. */
import type { z } from 'zod'
import type { ErrorCode, ErrorParams, Issue } from '../domain/errors.ts'
import { DoorwardError, issue, refuse } from '../domain/errors.ts'
import { pythonType } from './json.ts'

/**
 * What a flow finds out about single fields by asking the database, by name of the field. It is asked here only
 * when other fields are wrong already, so that a person sees every problem at once; the flow itself always checks.
 */
export type FieldChecks = Readonly<Record<string, (value: unknown) => Promise<void>>>

interface IssueParams {
  readonly code: ErrorCode
  readonly params?: ErrorParams
}

/** Validates. Throws all the issues together, in the order of the fields; `not_an_object` or `no_data` for what is no object. */
export async function parseInput<S extends z.ZodObject>(
  schema: S,
  data: unknown,
  checks: FieldChecks = {},
): Promise<z.output<S>> {
  if (data === null) throw new DoorwardError([issue(null, 'no_data')])
  if (!isRecord(data)) throw new DoorwardError([issue(null, 'not_an_object', { type: pythonType(data) })])
  const result = schema.safeParse(data)
  if (result.success) return result.data

  const issues = result.error.issues.map(toIssue)
  const wrong = new Set(issues.map(({ path }) => path))
  for (const [name, check] of Object.entries(checks)) {
    if (!wrong.has(name)) issues.push(...(await issuesOf(schema, name, data[name], check)))
  }
  const order = Object.keys(schema.shape)
  refuse(issues.toSorted((a, b) => order.indexOf(a.path ?? '') - order.indexOf(b.path ?? '')))
  throw new TypeError('a schema failed without an issue')
}

const isRecord = (data: unknown): data is Record<string, unknown> =>
  typeof data === 'object' &&
  data !== null &&
  !Array.isArray(data) &&
  !('source' in data && 'isWhole' in data)

function toIssue(problem: z.core.$ZodIssue): Issue {
  const { code, params } = (problem as { params?: IssueParams }).params ?? { code: 'invalid_string' as const }
  return issue(String(problem.path[0] ?? '') || null, code, params)
}

async function issuesOf(
  schema: z.ZodObject,
  name: string,
  raw: unknown,
  check: (value: unknown) => Promise<void>,
): Promise<readonly Issue[]> {
  const shape: Record<string, z.core.$ZodType> = schema.shape
  const parsed = (shape[name] as z.ZodType | undefined)?.safeParse(raw)
  if (!parsed?.success) return []
  try {
    await check(parsed.data)
    return []
  } catch (error) {
    if (error instanceof DoorwardError) return error.issues
    throw error
  }
}

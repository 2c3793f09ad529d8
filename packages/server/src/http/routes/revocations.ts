/** `GET revocations/`: the signed feed from which other services learn which sessions have ended. */
import { z } from 'zod'
import type { Operation } from '../endpoint.ts'
import * as fields from '../fields.ts'
import type { RouteContext } from './context.ts'

/** Longest long poll, in seconds: below the idle time-outs of usual proxies. */
const MAX_WAIT = 25

/** Most entries of one answer, so that its token stays below the size that verifiers accept. */
const PAGE = 100

/** What may be asked for. It is read leniently: what is no such number counts as 0, and a verifier goes on. */
const QUERY = z.object({
  since: fields.orAbsent(fields.integer({ min: 0, description: 'The last `seq` known: what came later.' })),
  wait: fields.orAbsent(
    fields.integer({ min: 0, description: `Seconds to wait for news, ${MAX_WAIT} at most. Default: 0.` }),
  ),
})

/** The operation. The answer says nothing about persons: only ids of sessions, which are random. */
export const revocationsOperation = (context: RouteContext): Operation => ({
  id: 'revocations',
  summary: 'Sessions that have ended lately',
  description:
    'For services that check access tokens themselves. The answer is a token signed with the current key.',
  tag: 'Sessions',
  permission: 'anyone',
  query: QUERY,
  success: { status: 200, description: 'A signed page of the list.', schema: context.answers.revocations },
  errors: [],
  handle: async (request) => {
    const { revocations, shared, tokens } = context
    const number = (name: string) => Math.max(0, Math.trunc(Number(request.url.searchParams.get(name)) || 0))
    const known = request.headers.get('if-none-match')
    const since = number('since')
    const wait = Math.min(number('wait'), MAX_WAIT)
    // whoever does not wait wants to know what is so now, whichever process it happened in
    if (wait === 0) await revocations.catchUp()
    else await revocations.news(since, wait * 1000)
    // whoever gets the page takes it for all there is
    await shared.ensureFresh()
    const page = revocations.since(since).slice(0, PAGE)
    const last = page.length === PAGE ? (page.at(-1)?.seq ?? since) : revocations.seq
    const headers = { etag: `"${last}"` }
    if (known === headers.etag) return { status: 304, headers }
    const entries = page.map((one) => [one.seq, one.sessionId, Math.ceil(one.expiresAt / 1000)] as const)
    return { status: 200, body: { token: await tokens.issueFeed({ since, seq: last, entries }) }, headers }
  },
})

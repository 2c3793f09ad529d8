/** (a) A request in an app's own route that asks who is calling. */
import { join } from 'node:path'
import type { Lab } from '../lab.ts'
import type { Load } from '../load.ts'
import { freePort, startProgram } from '../program.ts'
import type { Contestant, Row } from '../row.ts'
import { answering, compare, measureInTurn } from '../row.ts'
import type { Frame } from '../systems/bare.ts'
import { bareServer } from '../systems/bare.ts'
import { doorwardDatabase, doorwardEnvironment, signInTo } from '../systems/doorward.ts'
import { mailSink } from '../systems/mail-sink.ts'
import { betterAuth, djoser, djoserMissing, passport } from '../systems/peers.ts'
import { BETTER_AUTH, DJOSER, ORDINARY, PASSPORT } from './names.ts'

const LABELS: Record<Frame, string> = { node: 'node:http', hono: 'Hono', express: 'Express' }
const ours = (frame: Frame) => `Doorward in ${LABELS[frame]}`
const bare = (frame: Frame) => `bare ${LABELS[frame]}`

/** The app with the route, and Doorward in the same process, started once for each frame. */
export const ownRoute = (lab: Lab, frame: Frame) =>
  lab.once(`own route ${frame}`, async () => {
    const { url, folder } = await doorwardDatabase(lab, { database: 'sqlite', users: ORDINARY })
    const { smtpPort } = await mailSink(lab)
    const port = await freePort()
    const program = await startProgram({
      name: ours(frame),
      command: process.execPath,
      args: [join(import.meta.dirname, '../programs/own-route.ts'), String(port), frame],
      env: doorwardEnvironment(url, port, smtpPort),
      cwd: folder,
      ready: '/health',
      port,
    })
    lab.atEnd(program.stop)
    const authorization = async () => `JWT ${(await signInTo(program.url, 1)).access}`
    const load = async (): Promise<Load> => ({
      url: `${program.url}/reports`,
      method: 'GET',
      headers: { authorization: await authorization() },
    })
    return { url: program.url, load, authorization }
  })

/** The row. */
export const checkedRequest: Row = {
  id: 'a',
  title: "A checked request in an app's own route",
  measure: async (lab) => {
    const contestants: Contestant[] = []
    for (const frame of ['node', 'hono', 'express'] as const) {
      const { load } = await ownRoute(lab, frame)
      const limit = await bareServer(lab, await load(), frame)
      contestants.push(
        answering(lab, bare(frame), () => limit),
        answering(lab, ours(frame), load),
      )
    }
    contestants.push(...(await peers(lab)))
    const systems = await measureInTurn(lab, contestants)
    const missing = await djoserMissing(lab)
    return {
      id: 'a',
      title: checkedRequest.title,
      unit: 'answers/s',
      systems,
      ratios: [
        { text: 'of bare node:http', value: compare(systems, ours('node'), bare('node')), target: 0.85 },
        { text: 'of bare Hono, in Hono', value: compare(systems, ours('hono'), bare('hono')) },
        { text: 'of bare Express, in Express', value: compare(systems, ours('express'), bare('express')) },
        { text: '× passport-jwt, both in Express', value: compare(systems, ours('express'), PASSPORT) },
        { text: '× better-auth', value: compare(systems, ours('node'), BETTER_AUTH) },
        { text: '× Djoser', value: compare(systems, ours('node'), DJOSER) },
      ],
      notes: [
        'Doorward checks EdDSA tokens and the list of ended sessions; passport-jwt checks HS256 and no list.',
        'better-auth and Djoser read the database at every check.',
        ...(missing === null ? [] : [`Djoser is left out: ${missing}.`]),
      ],
    }
  },
}

async function peers(lab: Lab): Promise<readonly Contestant[]> {
  if (!lab.options.peers) return []
  const express = await passport(lab)
  const better = await betterAuth(lab)
  const get = (url: string, headers: Load['headers']): Load => ({ url, method: 'GET', headers })
  const list = [
    answering(lab, PASSPORT, () => get(`${express.url}/reports`, { authorization: express.authorization })),
    answering(lab, BETTER_AUTH, () => get(`${better.url}/reports`, { cookie: better.cookie })),
  ]
  if ((await djoserMissing(lab)) !== null) return list
  const reference = await djoser(lab)
  const sales = get(`${reference.url}/api/sales/`, { authorization: reference.authorization })
  return [...list, answering(lab, DJOSER, () => sales)]
}

/** The systems that Doorward is compared with, each as its own documentation sets it up for production. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Lab } from '../lab.ts'
import { freePort, runProgram, startProgram } from '../program.ts'

const program = (name: string): string => join(import.meta.dirname, `../programs/${name}.ts`)

const person = (number: number) => ({
  name: 'Maya Santoso',
  email: `person-${number}@example.com`,
  password: 'Kiddie-Ride-4821',
})

/** How many accounts sign in to a peer in turn. */
const ACCOUNTS = 8

/** better-auth with some accounts, and a session's cookie. */
export const betterAuth = (lab: Lab) =>
  lab.once('better-auth', async () => {
    const port = await freePort()
    const running = await startProgram({
      name: 'better-auth',
      command: process.execPath,
      args: [program('better-auth'), String(port), join(lab.folder, 'better-auth.db')],
      env: { NODE_ENV: 'production' },
      ready: '/api/auth/ok',
      port,
    })
    lab.atEnd(running.stop)
    const { url } = running
    const headers = { 'content-type': 'application/json', origin: url }
    const post = async (path: string, body: object) => {
      const answer = await fetch(`${url}/api/auth/${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      })
      if (!answer.ok) throw new TypeError(`better-auth refused ${path}: ${await answer.text()}`)
      return answer
    }
    for (let i = 1; i <= ACCOUNTS; i += 1) await post('sign-up/email', person(i))
    const signedIn = await post('sign-in/email', person(1))
    const cookie = signedIn.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const signIns = Array.from({ length: ACCOUNTS }, (_, i) => {
      const { email, password } = person(i + 1)
      return JSON.stringify({ email, password })
    })
    const register = (number: number) => JSON.stringify(person(1000 + number))
    return { url, pid: running.pid, startedIn: running.startedIn, headers, cookie, signIns, register }
  })

/** Express with passport-jwt, and a token. */
export const passport = (lab: Lab) =>
  lab.once('passport', async () => {
    const port = await freePort()
    const running = await startProgram({
      name: 'Express + passport-jwt',
      command: process.execPath,
      args: [program('passport'), String(port)],
      env: { NODE_ENV: 'production' },
      ready: '/token',
      port,
    })
    lab.atEnd(running.stop)
    const token = await (await fetch(`${running.url}/token`)).text()
    return {
      url: running.url,
      pid: running.pid,
      startedIn: running.startedIn,
      authorization: `Bearer ${token}`,
    }
  })

const STAFF = { email: 'staff@example.com', password: 'Staff-Pass-9137' }

/** The folder of the Djoser reference, or why there is none. */
export async function djoserMissing({ root }: Lab): Promise<string | null> {
  if (!existsSync(join(folderOf(root), 'start'))) return 'no REFERENCE_DIR with a start'
  const probe = 'import django, rest_framework, rest_framework_simplejwt, djoser, gunicorn'
  return runProgram('/usr/bin/python3', ['-c', probe]).then(
    () => null,
    () => 'its Python packages are not installed',
  )
}

const folderOf = (root: string): string => resolve(root, process.env.REFERENCE_DIR ?? '../shared/reference')

/** Django, Djoser and SimpleJWT under gunicorn with two workers, and a pair of tokens. */
export const djoser = (lab: Lab) =>
  lab.once('djoser', async () => {
    const port = await freePort()
    const folder = folderOf(lab.root)
    const env = { PORT: String(port), REFERENCE_STATE: join(lab.folder, 'djoser'), REFERENCE_FRESH: '1' }
    const started = performance.now()
    await runProgram(join(folder, 'start'), [], { env })
    const startedIn = performance.now() - started
    lab.atEnd(async () => {
      await runProgram(join(folder, 'stop'), [], { env })
    })
    const url = `http://127.0.0.1:${port}`
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${url}/auth/jwt/create/`, {
      method: 'POST',
      headers,
      body: JSON.stringify(STAFF),
    })
    const { access, refresh } = (await answer.json()) as { access: string; refresh: string }
    const listing = await runProgram('pgrep', ['-f', `gunicorn.*127.0.0.1:${port}`]).catch(() => '')
    const pids = listing.split('\n').map(Number).filter(Boolean)
    return {
      url,
      pids,
      startedIn,
      headers,
      refresh,
      authorization: `JWT ${access}`,
      staff: JSON.stringify(STAFF),
    }
  })

/** Doorward as it is shipped: the standalone server in production mode, mail by SMTP, sessions stored. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lab } from '../lab.ts'
import type { Program } from '../program.ts'
import { freePort, runProgram, startProgram } from '../program.ts'
import { createPostgresDatabase, seedUsers } from '../seed.ts'
import { mailSink } from './mail-sink.ts'

/** Which Doorward. */
export interface DoorwardInput {
  readonly database: 'sqlite' | 'postgres'
  /** How many accounts it has. */
  readonly users: number
  /** How many processes share the database. */
  readonly processes?: number
  /** Changes of the environment, and the name under which they are known. */
  readonly variant?: { readonly name: string; readonly env: Readonly<Record<string, string>> }
}

/** A Doorward that runs, in one process or several. */
export interface DoorwardSystem {
  readonly url: string
  readonly programs: readonly Program[]
  readonly users: number
}

/** The address and the password of a seeded account; numbers count from 1. */
export const credentialsOf = (number: number) => ({
  email: `person-${number}@example.com`,
  password: 'Kiddie-Ride-4821',
})

const SECRET = 'only for benchmarks: everybody may know this secret'

/** The environment of the server. Throttling is off, for all the load comes from one address. */
export const doorwardEnvironment = (url: string, port: number, smtpPort: number) => ({
  NODE_ENV: 'production',
  PORT: String(port),
  HOST: '127.0.0.1',
  PUBLIC_URL: `https://127.0.0.1:${port}`,
  DATABASE_URL: url,
  DOORWARD_SECRET: SECRET,
  DOORWARD_THROTTLE: 'off',
  SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
  MAIL_FROM: 'Bench <bench@example.com>',
  // no system of the comparison logs its answers
  LOG_LEVEL: 'warn',
})

/** A database with accounts, made once for each size. */
export function doorwardDatabase(lab: Lab, { database, users }: Pick<DoorwardInput, 'database' | 'users'>) {
  return lab.once(`database ${database} ${users}`, async () => {
    const folder = join(lab.folder, `${database}-${users}`)
    await mkdir(folder)
    const url =
      database === 'sqlite' ? `sqlite:${join(folder, 'doorward.db')}` : await createPostgresDatabase(lab)
    lab.tell(`making ${users.toLocaleString('en')} accounts in ${database}`)
    const { smtpPort } = await mailSink(lab)
    const env = doorwardEnvironment(url, 0, smtpPort)
    await runProgram(process.execPath, [mainOf(lab), 'migrate'], { env, cwd: folder })
    await seedUsers(url, users, credentialsOf(1).password)
    return { url, folder }
  })
}

const mainOf = ({ root }: Lab): string => join(root, 'apps/doorward/bin/doorward.js')

/** Starts it, once for each kind. */
export function doorward(lab: Lab, input: DoorwardInput): Promise<DoorwardSystem> {
  const { database, users, processes = 1, variant } = input
  return lab.once(`doorward ${database} ${users} ${processes} ${variant?.name ?? ''}`, async () => {
    const { url, folder } = await doorwardDatabase(lab, input)
    const { smtpPort } = await mailSink(lab)
    const programs: Program[] = []
    for (let i = 0; i < processes; i += 1) {
      const port = await freePort()
      const program = await startProgram({
        name: 'Doorward',
        command: process.execPath,
        args: [mainOf(lab), 'start'],
        env: { ...doorwardEnvironment(url, port, smtpPort), ...variant?.env },
        cwd: folder,
        ready: '/health',
        port,
      })
      lab.atEnd(program.stop)
      programs.push(program)
    }
    return { url: programs[0]?.url ?? '', programs, users }
  })
}

/** A pair of tokens. */
export interface Pair {
  readonly access: string
  readonly refresh: string
}

/** Signs somebody in. */
export async function signInTo(url: string, number: number): Promise<Pair> {
  const answer = await fetch(`${url}/auth/jwt/create/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentialsOf(number)),
  })
  if (!answer.ok) throw new TypeError(`sign-in was refused: ${await answer.text()}`)
  return (await answer.json()) as Pair
}

/** Signs many in, one after the other, each a different account. */
export async function signInMany({ url, users }: DoorwardSystem, count: number): Promise<readonly Pair[]> {
  const pairs: Pair[] = []
  for (let i = 0; i < count; i += 1) pairs.push(await signInTo(url, 1 + ((i * 7919) % users)))
  return pairs
}

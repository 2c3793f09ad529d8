import { activate, login, register } from './accounts.ts'
import type { DifferentialConfig } from './config.ts'
import { freePort, type Launched, launchDoorward, launchReference } from './launch.ts'
import { type MailSink, openMailSink } from './mail-sink.ts'
import type { Arena } from './runner.ts'
import { blankAccount, Session } from './session.ts'
import type { Fixtures, Side } from './side.ts'
import { createTarget } from './target.ts'

/** An arena with its end: stops every server it started. */
export interface OpenArena extends Arena {
  close(): Promise<void>
}

/** Starts what is missing, connects to both servers, makes the shared accounts. */
export async function openArena(config: DifferentialConfig): Promise<OpenArena> {
  const open: { close(): Promise<void> | void }[] = []
  const closeAll = async () => {
    for (const one of open.reverse()) await one.close()
  }
  const keep = <T extends { close(): Promise<void> | void }>(one: T): T => {
    open.push(one)
    return one
  }
  try {
    const a = await openSide('reference', config, keep)
    const b = await openSide('doorward', config, keep)
    return { a, b, concurrency: config.concurrency, selfCheck: config.selfCheck, close: closeAll }
  } catch (fault) {
    await closeAll()
    throw fault
  }
}

type Keep = <T extends { close(): Promise<void> | void }>(one: T) => T

async function openSide(name: Side['name'], config: DifferentialConfig, keep: Keep): Promise<Side> {
  const place = config[name]
  const sink = keep(await openMailSink(place.sinkPort))
  const url = place.url ?? keep(await launch(name, config, sink)).url
  const target = keep(createTarget(url))
  const salesUrl = name === 'doorward' ? (config.salesUrl ?? url) : url
  const sales = keep(createTarget(salesUrl))
  const probe = await sales.send({ method: 'GET', path: '/api/sales/', headers: { Accept: '*/*' } })
  const bare: Side = {
    name,
    isReference: name === 'reference' || config.selfCheck,
    target,
    sales: probe.status === 401 ? sales : undefined,
    sink,
    fixtures: noFixtures(),
    secret: config.secret,
    runName: config.runName,
    patienceMs: 5_000,
  }
  return { ...bare, fixtures: await makeFixtures(bare, config) }
}

async function launch(name: Side['name'], config: DifferentialConfig, sink: MailSink): Promise<Launched> {
  const ports = { port: await freePort(), smtpPort: sink.port }
  return name === 'reference' || config.selfCheck
    ? launchReference(config, ports)
    : launchDoorward(config, ports)
}

function noFixtures(): Fixtures {
  const nobody = blankAccount('nobody', '')
  return { staff: nobody, member: nobody, other: nobody, inactive: nobody }
}

/** The mails of the fixtures are waited for as the reference sends them: one per registration. */
async function makeFixtures(side: Side, config: DifferentialConfig): Promise<Fixtures> {
  const oneMail = { label: 'mails', seen: [1] }
  const filler = { label: '', seen: undefined }
  const member = async (name: string) => {
    const s = new Session(side, `fixture-${name}`, [filler, oneMail, filler, oneMail, filler])
    const account = await register(s, name)
    await activate(s, account)
    await login(s, account)
    if (account.access === '') throw new Error(`${side.name}: the shared account "${name}" could not sign in`)
    return account
  }
  const s = new Session(side, 'fixture-inactive', [filler, oneMail])
  const staff = Object.assign(blankAccount('staff', config.staff.email), { password: config.staff.password })
  await login(s, staff)
  const me = await s.quietly('GET', 'users/me/', undefined, { as: staff })
  if (typeof me.json.id !== 'number') throw new Error(`${side.name}: the staff account could not sign in`)
  staff.id = me.json.id
  const inactive = await register(new Session(side, 'fixture-inactive', [filler, oneMail]), 'inactive')
  return { staff, inactive, member: await member('member'), other: await member('other') }
}

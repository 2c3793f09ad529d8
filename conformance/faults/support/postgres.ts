/** A PostgreSQL of the script's own, which it may kill, stop and freeze; the machine's is never touched. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './server.ts'

/** The cluster. */
export interface Cluster {
  readonly url: string
  start(): void
  /** `immediate`: as when the machine loses its power. */
  stop(how: 'fast' | 'immediate'): void
  /** Stops every process of it from running, or lets them go on. */
  freeze(frozen: boolean): void
  /** Ends all connections but this one's; how many. */
  cut(): number
  /** What a query gives, by psql, in this database or another one. */
  query(sql: string, database?: string): string
  close(): void
}

const programs = (): string => {
  const found = globSync('/usr/lib/postgresql/*/bin').toSorted().at(-1)
  if (!found) throw new TypeError('PostgreSQL is not installed: /usr/lib/postgresql/*/bin is missing')
  return found
}

/** Makes and starts a cluster on 127.0.0.1. It runs as the user postgres where the script runs as root. */
export async function startCluster(settings: readonly string[] = []): Promise<Cluster> {
  const bin = programs()
  const folder = mkdtempSync(join(tmpdir(), 'doorward-cluster-'))
  const port = await freePort()
  const isRoot = process.getuid?.() === 0
  if (isRoot) {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
    chownSync(folder, id('-u'), id('-g'))
  }
  const run = (program: string, ...args: readonly string[]): string => {
    const command = join(bin, program)
    return isRoot
      ? execFileSync('setpriv', ['--reuid=postgres', '--regid=postgres', '--init-groups', command, ...args], {
          encoding: 'utf8',
          cwd: folder,
          stdio: ['ignore', 'pipe', 'pipe'],
        })
      : execFileSync(command, args, { encoding: 'utf8', cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  }
  const data = join(folder, 'data')
  run('initdb', '-D', data, '-U', 'postgres', '--auth=trust', '-E', 'UTF8')
  const options = [`-p ${port}`, '-c listen_addresses=127.0.0.1', `-k ${folder}`, ...settings].join(' ')
  const control = (...args: readonly string[]) => run('pg_ctl', '-D', data, '-w', ...args)
  const start = () => control('start', '-l', join(folder, 'log'), '-o', options)
  start()
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const query = (sql: string, database = url) => run('psql', '-qtA', '-d', database, '-c', sql).trim()
  return {
    url,
    start,
    query,
    stop: (how) => control('stop', '-m', how),
    freeze: (frozen) => {
      for (const pid of processes(data)) process.kill(pid, frozen ? 'SIGSTOP' : 'SIGCONT')
    },
    cut: () =>
      Number(
        query(
          'select count(pg_terminate_backend(pid)) from pg_stat_activity where datname is not null and pid <> pg_backend_pid()',
        ),
      ),
    close: () => {
      for (const pid of processes(data)) process.kill(pid, 'SIGCONT')
      spawnSync(isRoot ? 'setpriv' : join(bin, 'pg_ctl'), [
        ...(isRoot ? ['--reuid=postgres', '--regid=postgres', '--init-groups', join(bin, 'pg_ctl')] : []),
        ...['-D', data, '-m', 'immediate', '-w', 'stop'],
      ])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The first process of the cluster and its children. */
function processes(data: string): readonly number[] {
  try {
    const first = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
    const children = readFileSync(`/proc/${first}/task/${first}/children`, 'utf8').trim().split(/\s+/)
    return [first, ...children.filter(Boolean).map(Number)]
  } catch {
    return []
  }
}

/**
 * PostgreSQL is stopped as by a power cut, its connections are cut, and it freezes for ten seconds, all under load:
 * who asks meanwhile hears 503 and when to come again, the server recovers without a restart, and nothing that was
 * answered is lost. `--freeze 10` (seconds).
 */
import { startSmtpSink } from '../../packages/server/src/testing/smtp-sink.ts'
import { register } from './support/api.ts'
import { createLoad, type Load } from './support/load.ts'
import { describeStatuses } from './support/memory.ts'
import { type Cluster, startCluster } from './support/postgres.ts'
import { createReport, option, pause, percentile, type Report, within } from './support/report.ts'
import { type Installation, install } from './support/server.ts'

const freeze = Number(option('freeze', '10')) * 1000

/** Does something to PostgreSQL, and waits until people are served again. */
async function harm(
  { report, server, load }: Scene,
  what: string,
  work: () => Promise<void> | void,
): Promise<void> {
  const before = new Map(load.memory.statuses)
  await work()
  const began = performance.now()
  const served = async () => (await register(server.url, `${crypto.randomUUID()}@example.com`)).status === 201
  const recovered = await within(20_000, served)
  const took = Math.round(performance.now() - began)
  const refused = (load.memory.statuses.get(503) ?? 0) - (before.get(503) ?? 0)
  report.did(`${what}: ${refused} × 503; served again ${took} ms after it was over`)
  report.promised(`the server recovers without a restart after: ${what}`, recovered)
  await pause(500)
}

interface Scene {
  readonly report: Report
  readonly cluster: Cluster
  readonly server: Installation
  readonly load: Load
}

async function play(scene: Scene): Promise<void> {
  const { report, cluster, load } = scene
  load.run()
  await pause(1500)
  for (let n = 1; n <= 3; n += 1) {
    await harm(scene, `stopped at once and started 3 s later (${n})`, async () => {
      cluster.stop('immediate')
      await pause(3000)
      cluster.start()
    })
  }
  let cut = 0
  await harm(scene, 'all connections cut 20 times', async () => {
    for (let n = 0; n < 20; n += 1) {
      cut += cluster.cut()
      await pause(150)
    }
  })
  report.counted('connections cut', cut)
  await harm(scene, `frozen for ${freeze / 1000} s`, async () => {
    cluster.freeze(true)
    await pause(freeze)
    cluster.freeze(false)
  })
  await pause(1000)
  await load.pauseAll()
  const { times } = load.memory
  report.counted('answers', describeStatuses(load.memory))
  report.counted(
    'time of the answers that were no refusal, p50, p99, longest',
    `${percentile(times, 0.5)}, ${percentile(times, 0.99)}, ${percentile(times, 1)} ms`,
  )
  const silent = load.memory.statuses.get(0) ?? 0
  report.promised(`everybody got an answer (${silent} did not)`, silent === 0)
  await load.verify(report)
}

const report = createReport('PostgreSQL stopped, cut off and frozen under load')
const cluster = await startCluster()
const sink = await startSmtpSink()
const server = await install({ SMTP_URL: `smtp://127.0.0.1:${sink.port}`, DATABASE_URL: cluster.url })
try {
  await server.start()
  const load = await createLoad(() => server.url, sink)
  await play({ report, cluster, server, load })
} finally {
  await server.close()
  await sink.close()
  cluster.close()
  report.end()
}

/** The Postman collection is current, and its story runs against the started server by newman. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import newman from 'newman'
import { describe, expect, it } from 'vitest'
import { postmanFiles } from './generate.ts'

const main = resolve(import.meta.dirname, '../../apps/doorward/src/main.ts')

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => probe.once('listening', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  return typeof address === 'object' && address ? address.port : 0
}

interface Summary {
  readonly run: {
    readonly stats: {
      readonly requests: { readonly total: number }
      readonly assertions: { readonly total: number }
    }
    readonly executions: readonly {
      readonly item: { readonly name: string }
      readonly response?: { readonly code: number }
    }[]
    readonly failures: readonly {
      readonly error: { readonly message: string }
      readonly source?: { readonly name: string }
    }[]
  }
}

const STORY = 'The story, step by step'

/** What asks with the password, the tokens and the sessions that the story leaves behind. */
const AFTERWARDS = [
  'Read the own account',
  'Sign in',
  'List the own sessions',
  'Sign a device out',
  'Prove again who one is',
  'Sign in for a database token',
]

/** Runs folders and single requests by their names, in the order of the collection. */
const runItems = (
  files: Readonly<Record<string, string>>,
  baseUrl: string,
  items: readonly string[],
): Promise<Summary> =>
  new Promise((done, failed) => {
    newman.run(
      {
        collection: JSON.parse(files['doorward.postman_collection.json'] ?? ''),
        environment: JSON.parse(files['doorward.postman_environment.json'] ?? ''),
        envVar: [{ key: 'baseUrl', value: baseUrl }],
        folder: items,
      },
      (error: Error | null, summary: Summary) => (error ? failed(error) : done(summary)),
    )
  })

describe('the Postman collection | as it is committed', () => {
  it('is what the OpenAPI document says now (else: node conformance/postman/generate.ts)', () => {
    for (const [name, text] of Object.entries(postmanFiles())) {
      expect(readFileSync(join(import.meta.dirname, name), 'utf8'), name).toBe(text)
    }
  })
})

for (const preset of [undefined, 'djoser']) {
  describe(`the Postman collection | against the started server, ${preset ?? 'secure default'}`, () => {
    it('walks the seven steps without a failure, and leaves somebody signed in', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'doorward-postman-'))
      const port = await freePort()
      const env = {
        PATH: process.env.PATH ?? '',
        PORT: String(port),
        LOG_LEVEL: 'warn',
        ...(preset && { DOORWARD_PRESET: preset }),
      }
      const server = spawn(process.execPath, [main, 'start'], { cwd: folder, env })
      const baseUrl = `http://127.0.0.1:${port}`
      try {
        await expect
          .poll(
            () =>
              fetch(`${baseUrl}/ready`).then(
                ({ ok }) => ok,
                () => false,
              ),
            { timeout: 10_000 },
          )
          .toBe(true)
        const { run } = await runItems(postmanFiles(), baseUrl, [STORY])
        expect(run.failures.map(({ source, error }) => `${source?.name}: ${error.message}`)).toEqual([])
        expect(run.stats.requests.total).toBe(10)
        expect(run.stats.assertions.total).toBeGreaterThan(12)
        if (preset) return
        const after = await runItems(postmanFiles(), baseUrl, [STORY, ...AFTERWARDS])
        const answers = after.run.executions.slice(run.stats.requests.total)
        expect(answers.map(({ item, response }) => [item.name, response?.code])).toEqual(
          AFTERWARDS.map((name) => [name, name === 'Sign a device out' ? 204 : 200]),
        )
      } finally {
        server.kill('SIGTERM')
        await new Promise((done) => server.once('exit', done))
        rmSync(folder, { recursive: true })
      }
    })
  })
}

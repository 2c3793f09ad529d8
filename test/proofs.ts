/**
 * The last word of every run on `docs/reference/asvs.md`: each test that the page names as a proof has run and passed.
 * A proof that was renamed, skipped or removed makes the run fail. A run of some files answers for the proofs in them.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { TestProject } from 'vitest/node'

/** Where the proofs are named, from the root of the repository. */
export const PAGE = 'docs/reference/asvs.md'

/** A test by its file and its title; a title that ends in `…` stands for all that begin like it. */
export interface Proof {
  readonly file: string
  readonly title: string
}

/** A requirement as the page has it. */
export interface Row {
  readonly id: string
  readonly level: string
  readonly state: string
  readonly proofs: readonly Proof[]
}

/** A test that was there in a run; `state` is Vitest's, `passed` if all is well. */
export interface Ran extends Proof {
  readonly state: string
}

/** The rows of the page. */
export function readRows(page: string): readonly Row[] {
  return page.split('\n').flatMap((line): Row[] => {
    const [, id, level, , state, cell] =
      /^\| ([\d.]+) \| ([123]) \| (.+?) \| (.+?) \| (.*?) ?\|$/.exec(line) ?? []
    if (id === undefined || level === undefined || state === undefined) return []
    const proofs = [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, proof = '']) => {
      const [file = '', title = ''] = proof.split(' › ', 2)
      return { file, title }
    })
    return [{ id, level, state, proofs }]
  })
}

/** What is wrong with the proofs of these rows, one sentence each, by what ran. */
export function findUnproven(rows: readonly Row[], tests: readonly Ran[]): readonly string[] {
  const byFile = Map.groupBy(tests, ({ file }) => file)
  return rows.flatMap(({ id, proofs }) =>
    proofs.flatMap(({ file, title }) => {
      const named = (byFile.get(file) ?? []).filter((test) => isNamed(title, test.title))
      const states = named.length === 0 ? ['not there'] : named.map(({ state }) => state)
      const bad = states.find((state) => state !== 'passed')
      return bad === undefined ? [] : [`${id}: ${file} › ${title}: ${bad}`]
    }),
  )
}

const isNamed = (title: string, test: string): boolean =>
  title.endsWith('…') ? test.startsWith(title.slice(0, -1)) : test === title

/** Runs before the first test; what it returns runs after the last, and throws if a proof is missing. */
export function setup(project: TestProject): () => Promise<void> {
  const { root } = project.config
  return async () => {
    const path = join(root, PAGE)
    if (!existsSync(path)) return
    // tests that were not asked for are skipped, and prove nothing either way
    if (project.config.testNamePattern !== undefined)
      return say('not looked at, for this run picks tests by name')
    const modules = project.vitest.state.getTestModules()
    const fileOf = (moduleId: string) => relative(root, moduleId)
    const files = new Set(modules.map(({ moduleId }) => fileOf(moduleId)))
    const isFull = (await project.globTestFiles()).testFiles.every((file) => files.has(fileOf(file)))
    const all = readRows(readFileSync(path, 'utf8'))
    const rows = isFull
      ? all
      : all.map((row) => ({ ...row, proofs: row.proofs.filter((it) => files.has(it.file)) }))
    const tests = modules.flatMap(({ moduleId, children }) =>
      [...children.allTests()].map((test) => {
        return { file: fileOf(moduleId), title: test.name, state: test.result().state }
      }),
    )
    refuse(findUnproven(rows, tests))
    const count = rows.flatMap(({ proofs }) => proofs).length
    say(`${count} ran and passed${isFull ? '' : '; those in other files were not looked at'}`)
  }
}

const say = (what: string): void => void process.stdout.write(`Proofs of ${PAGE}: ${what}\n`)

function refuse(unproven: readonly string[]): void {
  if (unproven.length === 0) return
  process.exitCode = 1
  throw new TypeError(`${PAGE} names what this run did not prove:\n${unproven.join('\n')}`)
}

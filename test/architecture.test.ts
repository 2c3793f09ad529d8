import { describe, expect, it } from 'vitest'
import {
  ambientFindings,
  barrelFindings,
  browserFindings,
  commentFindings,
  cryptographyFindings,
  databaseFindings,
  LAYERS,
  layerFindings,
  packageFindings,
  ringFindings,
  sizeFindings,
  styleFindings,
} from './architecture-rules.ts'
import type { SourceFile } from './source.ts'
import { listFiles, parseSource, readSource, workspaceOf } from './source.ts'

const isTest = (path: string) => path.endsWith('.test.ts')
const files = listFiles('{packages,apps,examples,conformance,test,scripts}/**/*.{ts,tsx}').map(readSource)
const written = files.filter(({ path }) => !isTest(path) && !/\/(generated|migrations)\//.test(path))
/** What is shipped: the sources of packages and apps without what only tests use. */
const shipped = written.filter(({ path }) => /^(packages|apps)\/[^/]+\/src\//.test(path))
const product = shipped.filter(({ path }) => !path.includes('/src/testing/'))
const server = shipped.filter(({ path }) => path.startsWith('packages/server/src/'))

const entries = new Set(
  listFiles('{packages,apps}/*/package.json').flatMap((path) => {
    const { folder, manifest } = workspaceOf(path)
    return Object.values(manifest.exports ?? {}).map((entry) => entry.replace('.', folder))
  }),
)

const all = (list: readonly SourceFile[], rule: (file: SourceFile) => readonly string[]) => list.flatMap(rule)

describe('the architecture | layers', () => {
  it('finds the sources to look at', () => {
    expect(server.length).toBeGreaterThan(100)
    expect(entries).toContain('packages/server/src/index.ts')
  })

  it('the server imports one way: http, middleware → flows → tokens, passwords, store, mail → domain', () => {
    expect(all(server, layerFindings)).toEqual([])
  })

  it('the table of layers has no ring at run time', () => {
    const below = (layer: string, trail: readonly string[] = []): readonly string[] =>
      trail.includes(layer)
        ? [layer]
        : (LAYERS[layer]?.run ?? []).flatMap((next) => below(next, [...trail, layer]))
    for (const layer of Object.keys(LAYERS)) expect(below(layer), layer).toEqual([])
  })

  it('no files import each other in a ring', () => {
    expect(ringFindings(files)).toEqual([])
  })

  it('packages reach each other by name, and depend on what they import', () => {
    expect(all(product, (file) => packageFindings(file, workspaceOf(file.path)))).toEqual([])
  })

  it('packages for browsers import neither the server nor Node', () => {
    expect(all(shipped, browserFindings)).toEqual([])
  })
})

describe('the architecture | places', () => {
  it('only store/ knows databases and SQL', () => {
    expect(all(product, databaseFindings)).toEqual([])
  })

  it('the environment is read by config/ and programs, the time by domain/clock.ts', () => {
    expect(all(product, ambientFindings)).toEqual([])
  })
})

describe('the architecture | cryptography', () => {
  it('what nobody may guess comes from node:crypto, hashes are SHA-2, and one file encrypts', () => {
    expect(all(server, cryptographyFindings)).toEqual([])
  })
})

describe('the architecture | style', () => {
  it('there is no any, no default export, no bare Error and no silenced check', () => {
    expect(all(product, styleFindings)).toEqual([])
  })

  it('every file says where it stands, and every export what it is', () => {
    expect(all(shipped, commentFindings)).toEqual([])
  })

  it('no file has more than 300 lines', () => {
    expect(all(written, sizeFindings)).toEqual([])
  })

  it('no file only passes on what others export, but for public entries', () => {
    expect(all(shipped, (file) => barrelFindings(file, entries))).toEqual([])
  })
})

describe('the architecture | what the rules notice', () => {
  const at = (path: string, text: string) => parseSource(`packages/server/src/${path}`, text)

  it('names the file and the line of an import that goes up', () => {
    const file = at('domain/a.ts', "// first line\nimport { b } from '../flows/b.ts'\n")
    expect(layerFindings(file)).toEqual([
      'packages/server/src/domain/a.ts:2 domain must not import flows at run time',
    ])
  })

  it('tells an import of types from one at run time', () => {
    expect(layerFindings(at('http/a.ts', "import type { B } from '../store/b.ts'"))).toEqual([])
    expect(layerFindings(at('http/a.ts', "import { type B, c } from '../store/b.ts'"))).toHaveLength(1)
    expect(layerFindings(at('http/a.ts', "export { c } from '../store/b.ts'"))).toHaveLength(1)
    expect(layerFindings(at('http/a.ts', "const b = await import('../store/b.ts')"))).toHaveLength(1)
  })

  it('a folder without a layer', () => {
    expect(layerFindings(at('helpers/a.ts', ''))).toHaveLength(1)
  })

  it('a ring of three files', () => {
    const ring = ['a', 'b', 'c'].map((name, i, names) =>
      at(`domain/${name}.ts`, `import { x } from './${names[(i + 1) % 3]}.ts'`),
    )
    expect(ringFindings(ring)).toEqual([
      'packages/server/src/domain/c.ts:1 closes a ring: a.ts → b.ts → c.ts → a.ts',
    ])
  })

  it('a package that is not declared, and a way around the package name', () => {
    const workspace = { folder: 'packages/server', manifest: { name: '@doorward/server', version: '0.1.0' } }
    const file = at(
      'domain/a.ts',
      "import { z } from 'zod/mini'\nimport { b } from '../../../client/src/b.ts'",
    )
    expect(packageFindings(file, workspace)).toHaveLength(2)
  })

  it('the server in a package for browsers', () => {
    const file = parseSource('packages/react/src/a.tsx', "import type { User } from '@doorward/server'")
    expect(browserFindings(file)).toHaveLength(1)
  })

  it('SQL and drivers outside of the store', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the rule is tried on source text
    const file = at('flows/a.ts', "import pg from 'pg'\nconst q = `select id from users where ${1}`\n")
    expect(databaseFindings(file)).toHaveLength(2)
    expect(
      databaseFindings(at('flows/a.ts', "const s = 'Please select one from above.'.length")),
    ).toHaveLength(1)
    expect(databaseFindings(at('store/a.ts', "import pg from 'pg'"))).toEqual([])
  })

  it('the environment and the time, but not where a comment or a text mentions them', () => {
    expect(
      ambientFindings(at('flows/a.ts', 'const a = process.env.A\nconst b = Date.now()\nnew Date()')),
    ).toHaveLength(3)
    expect(ambientFindings(at('flows/a.ts', "// process.env\nconst b = 'Date.now()'"))).toEqual([])
  })

  it('guessable chance, weak hashes, and ciphers in another place', () => {
    const text =
      "Math.random()\ncreateHash('md5')\ncreateHmac('sha1', key)\ncreateHash(any)\ncreateCipheriv('aes-256-ecb', key, null)"
    expect(cryptographyFindings(at('flows/a.ts', text))).toHaveLength(5)
    expect(cryptographyFindings(at('flows/a.ts', "createHash('sha256')\nrandomBytes(16)"))).toEqual([])
  })

  it('any, default exports, bare errors and silenced checks', () => {
    const text = 'const a: any = 1\nexport default a\nthrow new Error()\n// @ts-ignore\n'
    expect(styleFindings(at('flows/a.ts', text))).toHaveLength(4)
    expect(styleFindings(at('flows/a.ts', "const any = 'any'\nthrow new TypeError(any)"))).toEqual([])
  })

  it('exports without a doc comment, and a file without a head', () => {
    expect(commentFindings(at('flows/a.ts', 'export const a = 1\n'))).toHaveLength(2)
    expect(commentFindings(at('flows/a.ts', '/** Head. */\n\n/** What. */\nexport const a = 1\n'))).toEqual(
      [],
    )
  })

  it('long files and barrels', () => {
    expect(sizeFindings(at('flows/a.ts', '\n'.repeat(301)))).toHaveLength(1)
    expect(barrelFindings(at('flows/a.ts', "export * from './b.ts'"), new Set())).toHaveLength(1)
    expect(barrelFindings(at('index.ts', "export * from './b.ts'"), entries)).toEqual([])
  })
})

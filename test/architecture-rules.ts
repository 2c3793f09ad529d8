/**
 * The rules of the architecture, each a function from files to findings. They are strict on purpose: who needs an
 * exception changes the table here, where everybody sees it.
 */
import { dirname } from 'node:path'
import type { Manifest, SourceFile, SyntaxNode } from './source.ts'

/** Something that breaks a rule: `file:line`, and what is wrong with it. */
export type Finding = string

const finding = (file: SourceFile, line: number, what: string): Finding => `${file.path}:${line} ${what}`

const SERVER = 'packages/server/src/'

/** What a folder of the server may import: `run` at run time, `types` for its types alone, beside `run`. */
interface Reach {
  readonly run: readonly string[]
  readonly types: readonly string[]
}

/**
 * `http, middleware → flows → tokens, passwords, store, mail → domain`; settings are read everywhere but in domain.
 * Files directly in `src` (the public entries and `create-doorward.ts`) see everything, and so does `testing`.
 */
export const LAYERS: Readonly<Record<string, Reach>> = {
  domain: { run: [], types: [] },
  config: { run: ['domain'], types: ['mail'] },
  passwords: { run: ['domain', 'config'], types: [] },
  store: { run: ['domain'], types: ['mail'] },
  mail: { run: ['domain'], types: ['config', 'store', 'tokens'] },
  tokens: { run: ['domain', 'config'], types: ['store'] },
  transfer: { run: ['domain', 'passwords'], types: ['config', 'store'] },
  flows: { run: ['domain', 'tokens'], types: ['config', 'mail', 'passwords', 'store'] },
  http: { run: ['domain', 'config', 'flows', 'mail'], types: ['store', 'tokens'] },
  middleware: { run: ['domain', 'config', 'flows', 'http', 'tokens'], types: ['(entry)', 'store'] },
}

const folderOf = (path: string): string | null => {
  if (!path.startsWith(SERVER)) return null
  const [first = '', ...rest] = path.slice(SERVER.length).split('/')
  return rest.length === 0 ? '(entry)' : first
}

/** Imports go down the layers, never up or across. */
export function layerFindings(file: SourceFile): readonly Finding[] {
  const from = folderOf(file.path)
  if (from === null || from === '(entry)' || from === 'testing') return []
  const reach = LAYERS[from]
  if (!reach) return [finding(file, 1, `is in a folder that has no layer: ${from}`)]
  return file.imports.flatMap(({ target, typeOnly, line }) => {
    const to = target === null ? null : folderOf(target)
    if (to === null || to === from || reach.run.includes(to)) return []
    if (typeOnly && reach.types.includes(to)) return []
    return [finding(file, line, `${from} must not import ${to}${typeOnly ? '' : ' at run time'}`)]
  })
}

/** A file reaches another workspace by its package name, and only packages that its own package.json names. */
export function packageFindings(
  file: SourceFile,
  { folder, manifest }: { readonly folder: string; readonly manifest: Manifest },
): readonly Finding[] {
  const declared = new Set([
    manifest.name,
    ...Object.keys(manifest.dependencies ?? {}),
    ...Object.keys(manifest.peerDependencies ?? {}),
  ])
  return file.imports.flatMap(({ specifier, target, typeOnly, line }) => {
    if (target !== null) {
      return target.startsWith(`${folder}/`)
        ? []
        : [finding(file, line, `reaches out of ${folder}: ${specifier}`)]
    }
    if (specifier.startsWith('node:') || typeOnly) return []
    const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
    return declared.has(name)
      ? []
      : [finding(file, line, `imports ${name}, which ${folder} does not depend on`)]
  })
}

/** Browser packages never import the server. */
export function browserFindings(file: SourceFile): readonly Finding[] {
  if (!/^packages\/(client|react)\//.test(file.path)) return []
  return file.imports
    .filter(({ specifier }) => /^@doorward\/server(\/|$)/.test(specifier) || specifier.startsWith('node:'))
    .map(({ line, specifier }) => finding(file, line, `runs in browsers and must not import ${specifier}`))
}

const DATABASE_MODULE = /^(kysely|pg|node:sqlite)(\/|$)/
const SQL =
  /\b(select\s.+\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from|(create|alter|drop)\s+table)\b/is

/** Only the store speaks to databases. */
export function databaseFindings(file: SourceFile): readonly Finding[] {
  if (file.path.startsWith(`${SERVER}store/`)) return []
  const imports = file.imports
    .filter(({ specifier }) => DATABASE_MODULE.test(specifier))
    .map(({ specifier, line }) => finding(file, line, `imports ${specifier} outside of store/`))
  const sql = [...file.nodes()].flatMap((node) => {
    const text = textOf(node)
    return text !== null && SQL.test(text)
      ? [finding(file, file.lineOf(node.start), 'holds SQL outside of store/')]
      : []
  })
  return [...imports, ...sql]
}

function textOf(node: SyntaxNode): string | null {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null
  return node.type === 'TemplateElement' ? String((node.value as { raw: string }).raw) : null
}

const isMember = (node: SyntaxNode, object: string, property: string): boolean =>
  node.type === 'MemberExpression' &&
  (node.object as { name?: string }).name === object &&
  (node.property as { name?: string }).name === property

/** The environment is read in `config/` and by programs; the time comes from a clock. */
export function ambientFindings(file: SourceFile): readonly Finding[] {
  const readsEnvironment = /^apps\//.test(file.path) || file.path.startsWith(`${SERVER}config/`)
  const readsTime = [`${SERVER}domain/clock.ts`, 'packages/client/src/clock.ts'].includes(file.path)
  return [...file.nodes()].flatMap((node) => {
    const at = (what: string) => [finding(file, file.lineOf(node.start), what)]
    if (!readsEnvironment && isMember(node, 'process', 'env'))
      return at('reads process.env outside of config/')
    if (!readsTime && isMember(node, 'Date', 'now')) return at('calls Date.now(): take a Clock')
    const isDate = node.type === 'NewExpression' && (node.callee as { name?: string }).name === 'Date'
    if (isDate && (node.arguments as readonly unknown[]).length === 0)
      return at('makes a Date of now: take a Clock')
    return []
  })
}

/** Where chance spreads waits: whoever guesses one has gained nothing. */
const SPREADING = ['mail/outbox-worker.ts', 'store/changes.ts', 'cleaner.ts'].map(
  (path) => `${SERVER}${path}`,
)

/** Where old hashes of others are only compared with: Django's, and those of breached passwords. */
const COMPARING = ['passwords/django.ts', 'passwords/breached.ts'].map((path) => `${SERVER}${path}`)

/** Chance from node:crypto alone, hashes of the SHA-2 family, and ciphers in one place. */
export function cryptographyFindings(file: SourceFile): readonly Finding[] {
  return [...file.nodes()].flatMap((node) => {
    const at = (what: string) => [finding(file, file.lineOf(node.start), what)]
    if (isMember(node, 'Math', 'random') && !SPREADING.includes(file.path))
      return at('takes chance from Math.random()')
    if (node.type !== 'CallExpression') return []
    const { name = '' } = node.callee as { name?: string }
    const [first] = node.arguments as unknown as readonly SyntaxNode[]
    const algorithm = first && textOf(first)
    const isHash = name === 'createHash' || (name === 'createHmac' && file.path !== `${SERVER}tokens/keys.ts`)
    if (isHash && !/^sha(256|384|512)$/.test(algorithm ?? '') && !COMPARING.includes(file.path))
      return at('hashes with something else than SHA-2')
    const isCipher = /^create(C|Dec)ipheriv$/.test(name) && file.path !== `${SERVER}tokens/seal.ts`
    return isCipher ? at('encrypts outside of tokens/seal.ts') : []
  })
}

/** No `any`, no default exports, no bare `Error`, no type error that is silenced without a reason. */
export function styleFindings(file: SourceFile): readonly Finding[] {
  const nodes = [...file.nodes()].flatMap((node) => {
    const at = (what: string) => [finding(file, file.lineOf(node.start), what)]
    if (node.type === 'TSAnyKeyword') return at('uses any')
    if (node.type === 'ExportDefaultDeclaration') return at('exports a default: name it')
    const thrown = node.type === 'ThrowStatement' ? (node.argument as SyntaxNode) : null
    const isBare = thrown?.type === 'NewExpression' && (thrown.callee as { name?: string }).name === 'Error'
    return isBare ? at('throws a bare Error') : []
  })
  const silenced = file.comments
    .filter(({ value }) =>
      /@ts-(ignore|nocheck)|@ts-expect-error\s*$|(biome|oxlint|eslint)-\S+[^:]*$/.test(value),
    )
    .map(({ start }) => finding(file, file.lineOf(start), 'silences a check without a reason'))
  return [...nodes, ...silenced]
}

/** Every file says at its head where it stands, and every export what it is. */
export function commentFindings(file: SourceFile): readonly Finding[] {
  const docs = file.comments.filter(({ value }) => value.startsWith('*'))
  const documented = (start: number) =>
    docs.some(({ end }) => end <= start && /^\s*$/.test(file.text.slice(end, start)))
  const isHead = ({ start }: { start: number }) => /^(#!.*\n)?\s*$/.test(file.text.slice(0, start))
  const head = docs.some(isHead) ? [] : [finding(file, 1, 'does not say at its head where it stands')]
  const seen = new Set<string>()
  const bare = file.body.flatMap((node) => {
    const declaration =
      node.type === 'ExportNamedDeclaration' ? (node.declaration as SyntaxNode | null) : null
    if (!declaration) return []
    const name = nameOf(declaration)
    const isOverload = seen.has(name)
    seen.add(name)
    return isOverload || documented(node.start)
      ? []
      : [finding(file, file.lineOf(node.start), `exports ${name} without a doc comment`)]
  })
  return [...head, ...bare]
}

function nameOf(declaration: SyntaxNode): string {
  const [first] = (declaration.declarations as readonly { id: { name?: string } }[] | undefined) ?? []
  return String(first?.id.name ?? (declaration.id as { name?: string } | null)?.name)
}

/** Texts of one language each, one line after the other: they are as long as the language makes them. */
const CATALOGUE = /\/locales\/[a-z]{2}\.ts$/

/** At most 300 lines to a file. */
export const sizeFindings = (file: SourceFile): readonly Finding[] =>
  file.lineCount <= 300 || CATALOGUE.test(file.path)
    ? []
    : [finding(file, 300, `has ${file.lineCount} lines; 300 are the most`)]

/** A file that only passes on what others export hides where things are; public entries may. */
export function barrelFindings(file: SourceFile, entries: ReadonlySet<string>): readonly Finding[] {
  const passesOn = (node: SyntaxNode) =>
    node.type === 'ExportAllDeclaration' || (node.type === 'ExportNamedDeclaration' && node.source !== null)
  const rest = file.body.filter(({ type }) => type !== 'ImportDeclaration')
  const isBarrel = rest.length > 0 && rest.every(passesOn)
  return isBarrel && !entries.has(file.path) ? [finding(file, 1, 'only passes on the exports of others')] : []
}

/** Files that import each other at run time, in a ring of any length; each ring is named once. */
export function ringFindings(files: readonly SourceFile[]): readonly Finding[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const done = new Set<string>()
  const rings: Finding[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    const file = byPath.get(path)
    if (!file || done.has(path)) return
    for (const { target, typeOnly, line } of file.imports) {
      if (target === null || typeOnly) continue
      const start = [...trail, path].indexOf(target)
      if (start >= 0) {
        const ring = [...trail, path].slice(start).map((one) => one.slice(dirname(target).length + 1))
        rings.push(finding(file, line, `closes a ring: ${[...ring, ring[0]].join(' → ')}`))
      } else visit(target, [...trail, path])
    }
    done.add(path)
  }
  for (const { path } of files) visit(path, [])
  return rings
}

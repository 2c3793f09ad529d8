/** Source files as the architecture test sees them: their imports, their syntax tree, and where things stand. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import type { ESTree } from 'vite'
import { parseSync } from 'vite'

/** An import, a re-export or an `import()`. */
export interface ImportLine {
  /** As written. */
  readonly specifier: string
  /** The file it names, from the root of the repository; null for packages and built-in modules. */
  readonly target: string | null
  /** Whether nothing of it is left at run time. */
  readonly typeOnly: boolean
  readonly line: number
}

/** A node of the syntax tree, with the properties that the rules look at. */
export type SyntaxNode = ESTree.Node & { readonly [property: string]: unknown }

/** A file that was read and parsed. */
export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string
  readonly text: string
  readonly imports: readonly ImportLine[]
  readonly body: readonly SyntaxNode[]
  readonly comments: readonly { readonly start: number; readonly end: number; readonly value: string }[]
  readonly lineCount: number
  /** The line of an offset, from 1. */
  lineOf(offset: number): number
  /** Every node, parents first. */
  nodes(): Iterable<SyntaxNode>
}

/** The root of the repository. */
export const ROOT = join(import.meta.dirname, '..')

/** The files that a pattern names, sorted. Built and installed files are left out. */
export function listFiles(pattern: string): readonly string[] {
  const found = globSync(pattern, { cwd: ROOT, exclude: (name) => /(^|\/)(node_modules|dist)$/.test(name) })
  return found.map((path) => path.replaceAll('\\', '/')).toSorted()
}

/** Reads a file of the repository. */
export const readSource = (path: string): SourceFile =>
  parseSource(path, readFileSync(join(ROOT, path), 'utf8'))

/** Parses a text as if it were the file at `path`. Throws TypeError if it is no TypeScript. */
export function parseSource(path: string, text: string): SourceFile {
  const { program, module, comments, errors } = parseSync(path, text)
  if (errors.length > 0) throw new TypeError(`${path}: ${errors[0]?.message}`)
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
  const lineOf = (offset: number) => lineStarts.findLastIndex((start) => start <= offset) + 1
  const importLine = (specifier: string, start: number, typeOnly: boolean): ImportLine => ({
    specifier,
    target: specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : null,
    typeOnly,
    line: lineOf(start),
  })
  const allTypes = (entries: readonly { readonly isType: boolean }[]) =>
    entries.length > 0 && entries.every(({ isType }) => isType)
  const imports = [
    ...module.staticImports.map(({ moduleRequest, entries, start }) =>
      importLine(moduleRequest.value, start, allTypes(entries)),
    ),
    ...module.staticExports.flatMap(({ entries, start }) => {
      const from = entries[0]?.moduleRequest
      return from ? [importLine(from.value, start, allTypes(entries))] : []
    }),
    ...module.dynamicImports.flatMap(({ moduleRequest, start }) => {
      const written = text.slice(moduleRequest.start, moduleRequest.end)
      // what is computed while the program runs names no package
      return /^['"]/.test(written) ? [importLine(written.slice(1, -1), start, false)] : []
    }),
  ]
  const body = program.body as unknown as readonly SyntaxNode[]
  return {
    path,
    text,
    imports,
    body,
    comments,
    lineCount: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    lineOf,
    nodes: () => descend(body),
  }
}

function* descend(value: unknown): Generator<SyntaxNode> {
  if (Array.isArray(value)) {
    for (const item of value) yield* descend(item)
  } else if (typeof value === 'object' && value !== null) {
    if ('type' in value && typeof value.type === 'string') yield value as SyntaxNode
    for (const inner of Object.values(value)) yield* descend(inner)
  }
}

/** The manifest of the workspace that a file belongs to, and its folder. */
export function workspaceOf(path: string): { readonly folder: string; readonly manifest: Manifest } {
  let folder = dirname(path)
  while (folder !== '.' && !existsSync(join(ROOT, folder, 'package.json'))) folder = dirname(folder)
  const manifest: Manifest = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'))
  return { folder, manifest }
}

/** What of a package.json the rules and the build look at. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, string>>
  readonly bin?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly [other: string]: unknown
}

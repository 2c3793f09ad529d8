/**
 * Makes the packages as they are published, in `dist/packages/<name>/`: JavaScript and declarations from TypeScript,
 * what belongs beside them, and a manifest whose exports point there. In the repository everything runs from source.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')
const OUT = join(ROOT, 'dist/packages')

interface Manifest {
  readonly name: string
  readonly version: string
  readonly exports?: Readonly<Record<string, string>>
  readonly bin?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly [key: string]: unknown
}

/** A package to build. */
interface Source {
  /** In the repository. */
  readonly folder: string
  /** Below the folder: where the TypeScript is, and where its JavaScript goes. */
  readonly from: string
  readonly to: string
  /** Files that are started rather than imported. */
  readonly starts?: readonly string[]
  /** Files and folders that are published as they are. */
  readonly assets: readonly string[]
  /** Whether everything that it depends on is in its files already. */
  readonly isBundled?: boolean
}

/** In the order in which they need each other's declarations. */
const SOURCES: readonly Source[] = [
  { folder: 'packages/client', from: 'src', to: 'dist', assets: ['README.md'] },
  { folder: 'packages/react', from: 'src', to: 'dist', assets: ['README.md', 'theme.css'] },
  {
    folder: 'packages/server',
    from: 'src',
    to: 'dist',
    assets: ['src/passwords/common-passwords.txt.gz', 'src/passwords/common-passwords.NOTICE.md'],
  },
  { folder: 'apps/portal', from: 'build', to: 'build', assets: ['dist'], isBundled: true },
  { folder: 'apps/doorward', from: 'src', to: 'dist', starts: ['src/main.ts'], assets: ['bin'] },
]

/** Builds all packages and returns their folders. Throws `TypeError` when one does not compile. */
export function buildPackages(): readonly string[] {
  run([join(ROOT, 'apps/portal/build/build.ts')])
  rmSync(OUT, { recursive: true, force: true })
  const built: { manifest: Manifest; folder: string }[] = []
  for (const source of SOURCES) {
    const manifest: Manifest = JSON.parse(readFileSync(join(ROOT, source.folder, 'package.json'), 'utf8'))
    const folder = join(OUT, manifest.name.replace('@doorward/', ''))
    mkdirSync(folder, { recursive: true })
    compile(source, { manifest, folder }, built)
    copyAssets(source, folder)
    const published = publishedManifest(source, manifest)
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(published, null, 2)}\n`)
    built.push({ manifest: published, folder })
  }
  return built.map(({ folder }) => folder)
}

type Built = readonly { readonly manifest: Manifest; readonly folder: string }[]

/** Only what the exports lead to: tests and their helpers are not published. */
function compile(
  source: Source,
  { manifest, folder }: { readonly manifest: Manifest; readonly folder: string },
  before: Built,
): void {
  const entries = Object.values(manifest.exports ?? {}).filter((path) => /\.tsx?$/.test(path))
  const files = [...entries, ...(source.starts ?? [])].map((path) => join(ROOT, source.folder, path))
  const project = join(folder, 'tsconfig.json')
  const config = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      rootDir: join(ROOT, source.folder, source.from),
      outDir: join(folder, source.to),
      paths: declarationsOf(before),
      typeRoots: [join(ROOT, 'node_modules/@types')],
    },
    files: [...files, ...globSync(join(ROOT, source.folder, source.from, '*.d.ts'))],
    include: [],
    exclude: [],
  }
  writeFileSync(project, JSON.stringify(config))
  run([join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', project])
  rmSync(project)
}

/** Packages that were built are seen as their users see them, not as the sources that the workspace links to. */
function declarationsOf(before: Built): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    before.flatMap(({ manifest, folder }) =>
      Object.entries(manifest.exports ?? {}).flatMap(([name, target]) => {
        const types = typesOf(target)
        return types === null ? [] : [[join(manifest.name, name), [join(folder, types)]] as const]
      }),
    ),
  )
}

const typesOf = (target: unknown): string | null =>
  typeof target === 'object' && target !== null && 'types' in target ? String(target.types) : null

function copyAssets({ folder, from, to, assets }: Source, target: string): void {
  for (const asset of [...assets, 'README.md']) {
    const path = join(ROOT, folder, asset)
    const place = asset.startsWith(`${from}/`) ? join(to, relative(from, asset)) : asset
    if (!existsSync(path)) continue
    mkdirSync(dirname(join(target, place)), { recursive: true })
    cpSync(path, join(target, place), { recursive: true })
  }
  cpSync(join(ROOT, 'LICENSE'), join(target, 'LICENSE'))
  if (!existsSync(join(target, 'README.md'))) cpSync(join(ROOT, 'README.md'), join(target, 'README.md'))
  // programs are started from the JavaScript
  for (const path of globSync(join(target, 'bin/*.js'))) {
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replaceAll(/\.\.\/src\/(\w+)\.ts/g, '../dist/$1.js'), { mode: 0o755 })
  }
}

function publishedManifest(source: Source, manifest: Manifest): Manifest {
  const { scripts: _, devDependencies: __, dependencies, files: ___, ...kept } = manifest
  const built = (path: string) => path.replace(`./${source.from}/`, `./${source.to}/`).replace(/\.tsx?$/, '')
  const exports = Object.entries(manifest.exports ?? {}).map(([name, path]) => [
    name,
    /\.tsx?$/.test(path) ? { types: `${built(path)}.d.ts`, default: `${built(path)}.js` } : path,
  ])
  return {
    ...kept,
    ...(exports.length > 0 && { exports: Object.fromEntries(exports) }),
    ...(dependencies && !source.isBundled && { dependencies }),
    publishConfig: { access: 'public' },
  }
}

function run(args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' })
  if (status !== 0) throw new TypeError(`${args.join(' ')} failed:\n${stdout}${stderr}`)
}

/** Packs the packages as they would be uploaded, into `dist/packages/`, and returns the files. */
export function packPackages(folders: readonly string[]): readonly string[] {
  return folders.map((folder) => {
    const packed = spawnSync('npm', ['pack', '--silent', '--pack-destination', OUT], {
      cwd: folder,
      encoding: 'utf8',
    })
    if (packed.status !== 0) throw new TypeError(`npm pack failed in ${folder}:\n${packed.stderr}`)
    return join(OUT, packed.stdout.trim())
  })
}

if (process.argv[1] === import.meta.filename) {
  for (const file of packPackages(buildPackages())) process.stdout.write(`Built ${relative(ROOT, file)}\n`)
}

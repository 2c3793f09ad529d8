/**
 * From what is written to what holds: secure default, then preset, then the typed configuration, then the
 * environment. Nothing after this file knows where a value came from or that presets exist.
 */
import { isIPv6 } from 'node:net'
import { ConfigurationError, type Fault, settingName } from './configuration-error.ts'
import { type Environment, PRESET_VARIABLE, readEnvironment, variableOf } from './environment.ts'
import { isRecord } from './map-checks.ts'
import { type Reading, readText, readValue } from './read-value.ts'
import { applyRules, type Finding } from './rules.ts'
import type { Config, Settings } from './settings.ts'
import { didYouMean } from './suggest.ts'
import { envOf, ROWS, type Row, SECTIONS } from './table.ts'

/** What the settings are made from. */
export interface SettingsInput {
  /** What the project writes in `doorward.config.ts`, or passes to the library. */
  readonly config?: Config
  /** The environment; left out, it is not read at all. */
  readonly env?: Environment
  /** The preset to start from, before `DOORWARD_PRESET` and `config.preset`. */
  readonly preset?: string
}

/** The settings that hold, and what to tell the operator about them. */
export interface Resolved {
  readonly settings: Settings
  /** One sentence for each thing that is allowed but weaker than the secure default. */
  readonly warnings: readonly string[]
}

const PRESETS: readonly string[] = ['djoser']

interface Layers {
  readonly config: Config
  readonly texts: ReadonlyMap<string, string>
  readonly preset: string | undefined
}

/** What became of one row. */
interface Outcome {
  readonly row: Row
  readonly value: unknown
  readonly origin: 'default' | 'preset' | 'written'
  readonly faults: readonly Fault[]
}

/**
 * Resolves all settings at once and freezes them. `server.publicUrl` never ends with a slash, and
 * `server.frontendUrl` always does, so that paths are appended in one way only.
 *
 * @throws ConfigurationError with every fault there is
 */
export function resolveSettings({ config = {}, env = {}, preset }: SettingsInput = {}): Resolved {
  const { texts, faults } = readEnvironment(env)
  const chosen = preset ?? texts.get(PRESET_VARIABLE)?.trim() ?? config.preset
  const outcomes = ROWS.map((row) => resolveRow(row, { config, texts, preset: chosen }))
  const written = [
    ...faults,
    ...presetFaults(chosen),
    ...unknownKeys(config),
    ...outcomes.flatMap((o) => o.faults),
  ]

  const settings = assemble(outcomes)
  const unread = new Set(faults.map(({ key }) => variableOf(key)))
  const broken = new Set(
    outcomes
      .filter(({ row, faults: own }) => own.length > 0 || unread.has(row.spec.env ?? ''))
      .map(({ row }) => row.key),
  )
  const findings = applyRules(settings).filter(({ key }) => !broken.has(key))
  const all = [...written, ...findings.filter(({ kind }) => kind === 'fault').map(asFault)]
  if (all.length > 0) throw new ConfigurationError(all)

  const weak = findings.filter(({ kind }) => kind === 'warning').map(asWarning)
  return { settings: frozenCopy(withAddresses(settings)), warnings: [...weak, ...optOuts(outcomes)] }
}

function resolveRow(row: Row, { config, texts, preset }: Layers): Outcome {
  const { spec } = row
  const section: unknown = config[row.section]
  const literal = isRecord(section) && Object.hasOwn(section, row.name) ? section[row.name] : undefined
  const text = spec.env === undefined ? undefined : texts.get(spec.env)
  const readings: Reading[] = []
  if (literal !== undefined) readings.push(readValue(spec, literal))
  if (text !== undefined) readings.push(readText(spec, text))

  const faults = readings.flatMap(({ objections }) =>
    objections.map(({ at, problem, fix }) => ({
      key: at ? `${row.key}.${at}` : row.key,
      env: spec.env,
      problem,
      fix,
    })),
  )
  const last = readings.findLast((reading) => 'value' in reading)
  if (last) return { row, value: last.value, origin: 'written', faults }
  const fromPreset = preset === 'djoser' && spec.djoser !== undefined
  return fromPreset
    ? { row, value: spec.djoser, origin: 'preset', faults }
    : { row, value: spec.default, origin: 'default', faults }
}

function presetFaults(preset: unknown): readonly Fault[] {
  if (preset === undefined || PRESETS.includes(String(preset))) return []
  const fix = `Write one of: ${PRESETS.join(', ')}; or leave it out for the secure default.`
  return [{ key: 'preset', env: PRESET_VARIABLE, problem: 'is not a preset', fix }]
}

function unknownKeys(config: Config): readonly Fault[] {
  const problem = 'is no setting'
  return Object.entries(config).flatMap(([section, keys]): readonly Fault[] => {
    if (section === 'preset' || keys === undefined) return []
    if (!SECTIONS.some((known) => known === section))
      return [{ key: section, problem: 'is no section of the settings', fix: didYouMean(section, SECTIONS) }]
    if (!isRecord(keys))
      return [{ key: section, problem: 'is not an object', fix: 'Write `{ key: value, … }`.' }]
    const known = ROWS.filter((row) => row.section === section).map(({ name }) => name)
    return Object.keys(keys)
      .filter((key) => !known.includes(key))
      .map((key) => ({ key: `${section}.${key}`, problem, fix: whereItBelongs(key, known) }))
  })
}

/** A key of another section is more likely misplaced than mistyped. */
function whereItBelongs(key: string, known: readonly string[]): string {
  const elsewhere = ROWS.find(({ name }) => name === key)
  return elsewhere ? `Did you mean \`${elsewhere.key}\`?` : didYouMean(key, known)
}

/** The table gives every section and key its value, which is what `Settings` says. */
function assemble(outcomes: readonly Outcome[]): Settings {
  const sections = SECTIONS.map((section) => {
    const own = outcomes.filter(({ row }) => row.section === section)
    return [section, Object.fromEntries(own.map(({ row, value }) => [row.name, value]))]
  })
  return Object.fromEntries(sections) as Settings
}

function withAddresses(settings: Settings): Settings {
  const { server } = settings
  const host = server.host === '0.0.0.0' || server.host === '::' ? '127.0.0.1' : server.host
  const publicUrl = withoutSlash(
    server.publicUrl || `http://${isIPv6(host) ? `[${host}]` : host}:${server.port}`,
  )
  const frontendUrl = `${withoutSlash(server.frontendUrl || publicUrl)}/`
  return { ...settings, server: { ...server, publicUrl, frontendUrl } }
}

function withoutSlash(address: string): string {
  const { origin, pathname } = new URL(address)
  return (origin + pathname).replace(/\/+$/, '')
}

/** A copy of plain objects and lists that nobody can change; functions stay as they are. */
function frozenCopy<T>(value: T): T {
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy)) as T
  if (!isRecord(value)) return value
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([k, v]) => [k, frozenCopy(v)]))) as T
}

const asFault = ({ key, problem, fix }: Finding): Fault => ({ key, env: envOf(key), problem, fix })
const asWarning = ({ key, problem, fix }: Finding) => `${settingName(key, envOf(key))} ${problem}. ${fix}`

/** One sentence for each opt-out that was written, and one for all that the preset brings. */
function optOuts(outcomes: readonly Outcome[]): readonly string[] {
  const out = outcomes.filter(
    ({ row, value, origin }) => origin !== 'default' && row.spec.optOut?.when(value),
  )
  const byPreset = out.filter(({ origin }) => origin === 'preset').map(({ row }) => row.key)
  const sentences = out
    .filter(({ origin }) => origin === 'written')
    .map(
      ({ row }) =>
        `${settingName(row.key, row.spec.env)} is weaker than the default: ${row.spec.optOut?.risk}.`,
    )
  const joined = `The preset is weaker than the secure default in: ${byPreset.join(', ')}.`
  return byPreset.length > 0 ? [joined, ...sentences] : sentences
}

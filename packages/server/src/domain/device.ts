/** A name for a device that a person recognises, from the User-Agent header. A hint, never a proof. */

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/^curl\//, 'curl'],
  [/PostmanRuntime\//, 'Postman'],
]

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

interface Words {
  readonly on: (browser: string, system: string) => string
  readonly unknown: string
}

const ENGLISH: Words = { on: (browser, system) => `${browser} on ${system}`, unknown: 'Unknown device' }

const LANGUAGES: ReadonlyMap<string, Words> = new Map<string, Words>([
  ['de', { on: (browser, system) => `${browser} auf ${system}`, unknown: 'Unbekanntes Gerät' }],
  ['es', { on: (browser, system) => `${browser} en ${system}`, unknown: 'Dispositivo desconocido' }],
  ['fr', { on: (browser, system) => `${browser} sur ${system}`, unknown: 'Appareil inconnu' }],
  ['id', { on: (browser, system) => `${browser} di ${system}`, unknown: 'Perangkat tidak dikenal' }],
  ['it', { on: (browser, system) => `${browser} su ${system}`, unknown: 'Dispositivo sconosciuto' }],
  ['ja', { on: (browser, system) => `${system} の ${browser}`, unknown: '不明な端末' }],
  ['nl', { on: (browser, system) => `${browser} op ${system}`, unknown: 'Onbekend apparaat' }],
  ['pt', { on: (browser, system) => `${browser} em ${system}`, unknown: 'Dispositivo desconhecido' }],
  ['zh', { on: (browser, system) => `${system} 上的 ${browser}`, unknown: '未知设备' }],
])

/** Such as `Firefox on Windows`, or `Unknown device`, in a language (BCP 47); in English where there is none. */
export function describeDevice(userAgent: string, language = 'en'): string {
  const named = (names: typeof BROWSERS) => names.find(([form]) => form.test(userAgent))?.[1]
  const browser = named(BROWSERS)
  const system = named(SYSTEMS)
  const words = LANGUAGES.get(language.toLowerCase().replace(/[-_].*/, '')) ?? ENGLISH
  if (browser && system) return words.on(browser, system)
  return browser ?? system ?? words.unknown
}

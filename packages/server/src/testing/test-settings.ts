/** Settings for tests: those of the project, made quick and repeatable where that changes no answer. */
import { resolveSettings } from '../config/resolve.ts'
import type { Config, Settings } from '../config/settings.ts'
import { isAsymmetric } from '../tokens/algorithms.ts'
import { generatePrivateKey } from '../tokens/keys.ts'

/** What a test starts from. */
export interface TestSettingsInput {
  /** The preset, `djoser`; left out, the secure default. */
  readonly preset?: 'djoser' | undefined
  /** The project's own configuration; it goes before what tests would like. */
  readonly config?: Config | undefined
  /** `sqlite:<file>` or `postgres://…`. Default: a database in memory. */
  readonly database?: string | undefined
}

const SECRET = 'only for tests: everybody may know this secret'

/** The least that argon2id takes (RFC 9106 §3.1): some 100 µs instead of some 20 ms for each password. */
const QUICK_HASHES = { memoryCost: 8, timeCost: 1, parallelism: 1 }

/**
 * Resolves settings with a fixed secret, quick password hashes and no throttling. Signing keys live in memory, so
 * a test leaves no file behind. Throws `ConfigurationError` for a configuration that is wrong.
 */
export function testSettings({ preset, config = {}, database }: TestSettingsInput): Settings {
  const parallelism = config.passwords?.parallelism ?? QUICK_HASHES.parallelism
  const quick: Config = {
    ...config,
    server: { throttle: false, ...config.server },
    database: { url: 'sqlite::memory:', ...config.database, ...(database && { url: database }) },
    secrets: { list: [SECRET], ...config.secrets },
    passwords: { ...QUICK_HASHES, memoryCost: 8 * parallelism, ...config.passwords },
  }
  const { settings } = resolveSettings({ config: quick, ...(preset && { preset }) })
  return withSigningKey(settings)
}

function withSigningKey(settings: Settings): Settings {
  const { algorithm, signingKey } = settings.tokens
  if (signingKey !== null || !isAsymmetric(algorithm)) return settings
  const pem = generatePrivateKey(algorithm).export({ type: 'pkcs8', format: 'pem' }).toString()
  return { ...settings, tokens: { ...settings.tokens, signingKey: pem } }
}

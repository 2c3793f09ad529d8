/** Everything that flows can use. Each flow names the part it uses by `Pick<Deps, …>`. */
import type { Settings } from '../config/settings.ts'
import type { Clock } from '../domain/clock.ts'
import type { Secret } from '../domain/secret.ts'
import type { User } from '../domain/user.ts'
import type { createComposer } from '../mail/compose.ts'
import type { Store } from '../store/store.ts'
import type { LinkTokens } from '../tokens/link-tokens.ts'
import type { RevocationList } from '../tokens/revocation-list.ts'
import type { Sealer } from '../tokens/seal.ts'
import type { SharedState } from '../tokens/shared-state.ts'
import type { SigningKeys } from '../tokens/signing-keys.ts'
import type { Tokens } from '../tokens/tokens.ts'

/** Hashing and checking of passwords, in a bounded queue. */
export interface PasswordHasher {
  hash(password: Secret): Promise<string>
  /** With `null` (no such account) it does the work that an account of this address would cost, and answers not ok. */
  verify(password: Secret, hash: string | null, address?: string): Promise<{ ok: boolean; rehash: boolean }>
}

/** The ports and tools of the flows. */
export interface Deps {
  readonly store: Store
  readonly clock: Clock
  readonly settings: Settings
  readonly passwords: PasswordHasher
  readonly commonPasswords: Pick<ReadonlySet<string>, 'has'>
  /** Those of data breaches. Never rejects; where nothing is set up, there are none. */
  readonly breachedPasswords: { has(password: Secret): Promise<boolean> }
  readonly tokens: Tokens
  readonly links: LinkTokens
  readonly revocations: RevocationList
  /** Awaited before the list of revocations or a key decides. */
  readonly shared: SharedState
  /** The stored keys that sign access tokens; null where the configuration holds the key. */
  readonly signingKeys: SigningKeys | null
  /** Seals database tokens at rest. */
  readonly sealer: Sealer
  /** Derives the id of a refresh token's successor: the same for the same parent. */
  readonly successors: (sessionId: string, tokenId: string) => readonly string[]
  /** Turns what happened into a finished mail for the outbox. */
  readonly compose: ReturnType<typeof createComposer>
}

/** Who is asking, once a credential was checked. */
export interface Caller {
  readonly user: User
  /** The session of the credential, or null for database tokens and stateless tokens. */
  readonly sessionId: string | null
  /** When the person last proved who they are, in milliseconds since 1970, or null when that is not known. */
  readonly authenticatedAt: number | null
  readonly credential: 'access' | 'sliding' | 'database'
}

/**
 * What an address without an account is checked against. Where accounts came from another system, or the cost of a hash
 * was raised, hashes of several kinds lie side by side until their owners sign in, and each kind takes its own time. So
 * an unknown address gets the kind that an account of the site would have by chance: of those that are slow, as many
 * are unknown as of those that are quick (OWASP ASVS 5.0, V6.3.8), and nobody's refusal costs more than before.
 */
import { recogniseHash } from './recognise.ts'

/** How many accounts have hashes of a kind, and what one of them looks like. */
export interface HashKind {
  readonly count: number
  readonly example: string
}

/** Hashes by kind. */
export type HashKinds = ReadonlyMap<string, HashKind>

/** Chooses stand-ins. */
export interface StandIns {
  /** The hash that stands in for the account that an address does not have; null while no kinds are known. */
  standIn(address: string): string | null
  /** Takes over what hashes there are. */
  update(kinds: HashKinds): void
}

/** What is the same in all hashes of one algorithm and cost; the rest is salt and hash. */
const PARAMETER = /^(|\d{1,9}|argon2(id|i|d)|2[aby]|[a-z]=[\d,=a-z]+)$/

/** The kind of a hash, which says how long checking takes; null where there is no password. */
export function kindOf(hash: string): string | null {
  if (hash === '' || hash.startsWith('!')) return null
  const [algorithm = '', ...parts] = hash.split('$')
  return [algorithm, ...parts.filter((part) => PARAMETER.test(part))].join('$')
}

/** Adds a hash, or so many like it, to what was counted; one that cannot be checked takes no time, and is passed over. */
export function countHash(kinds: Map<string, HashKind>, hash: string, count = 1): void {
  const kind = kindOf(hash)
  if (kind === null) return
  const known = kinds.get(kind)
  if (known) kinds.set(kind, { ...known, count: known.count + count })
  else if (!('fault' in recogniseHash(hash))) kinds.set(kind, { count, example: fruitless(hash) })
}

/** A hash that takes as long to check, and is of no password that anybody has. */
const fruitless = (hash: string): string => hash.replace(/.(?=.{6}$)/, (char) => (char === 'A' ? 'B' : 'A'))

/** Makes a choice that is the same for an address each time; `nameOf` is a keyed hash (base64url). */
export function createStandIns(nameOf: (text: string) => string): StandIns {
  let kinds: readonly HashKind[] = []
  let total = 0
  return {
    standIn: (address) => {
      let place = fractionOf(nameOf(address)) * total
      for (const { count, example } of kinds) {
        if (place < count) return example
        place -= count
      }
      return null
    },
    update: (found) => {
      // those of Argon2 (`$…`) last: as accounts get theirs, unknown addresses become quick and never slow again
      const byName = [...found].sort(([a], [b]) => (a < b ? 1 : -1))
      kinds = byName.map(([, kind]) => kind)
      total = kinds.reduce((sum, { count }) => sum + count, 0)
    },
  }
}

/** From 0 to 1, by the first 48 bits. */
const fractionOf = (name: string): number => Buffer.from(name, 'base64url').readUIntBE(0, 6) / 2 ** 48

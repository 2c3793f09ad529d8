/** Recognises RSA keys that were made by a library whose primes can be guessed. */

/** Primes for which the residues of such a key are telling. */
const PRIMES = [11n, 13n, 17n, 19n, 37n, 53n, 61n, 71n, 73n, 79n, 97n, 103n, 107n, 109n, 127n, 151n, 157n]

/**
 * Whether a modulus was made by Infineon's RSALib (ROCA, CVE-2017-15361): modulo each small prime it is a power of
 * 65537. One in a hundred million other moduli is, too.
 */
export const isGuessable = (modulus: bigint): boolean =>
  PRIMES.every((prime) => powersOf(65_537n % prime, prime).has(modulus % prime))

function powersOf(base: bigint, prime: bigint): ReadonlySet<bigint> {
  const powers = new Set<bigint>()
  for (let power = 1n; !powers.has(power); power = (power * base) % prime) powers.add(power)
  return powers
}

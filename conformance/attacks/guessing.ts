/** Guessing: leaked pairs, one password for many accounts, many for one, from one address and from many. */
import type { Attack } from './attack.ts'

const guess = (n: number) => `Leaked-Password-${n}`

/** Leaked addresses and passwords, tried from one address (credential stuffing). */
export const credentialStuffing: Attack = {
  name: 'credential stuffing from one address',
  run: async ({ send }, notes, size) => {
    let looked = 0
    for (let i = 0; i < size; i += 1) {
      const body = { email: `leaked-${i}@example.com`, password: guess(i) }
      const { status } = await send({ path: 'jwt/create/', from: '192.0.2.1', body })
      if (status !== 429) looked += 1
      notes.tried(`pair ${i} signed in`, status === 200)
    }
    notes.tried(`${looked} of ${size} pairs were looked at`, looked > 60)
  },
}

/** One common password, tried with many accounts of real people (password spraying). */
export const passwordSpraying: Attack = {
  name: 'password spraying from one address',
  run: async ({ doorward, send }, notes, size) => {
    const people = Array.from({ length: Math.min(size, 60) }, (_, i) => `sprayed-${i}@example.com`)
    for (const email of people) await doorward.register({ email, password: `Unlike-Others-${email.length}` })
    let looked = 0
    for (let round = 0; looked < size && round < 2; round += 1) {
      for (const email of people) {
        const body = { email, password: `Summer-2026-${round}` }
        const { status } = await send({ path: 'jwt/create/', from: '192.0.2.2', body })
        if (status !== 429) looked += 1
        notes.tried(`${email} was opened`, status === 200)
      }
    }
    notes.tried(`${looked} accounts were tried without a wait`, looked > 60)
  },
}

/** Every guess from another address, all at one account, at the same time. */
export const distributedGuessing: Attack = {
  name: 'guessing one account from everywhere',
  run: async ({ doorward, send }, notes, size) => {
    const owner = await doorward.signedUpUser()
    const all = await Promise.all(
      Array.from({ length: size }, (_, i) =>
        send({ path: 'jwt/create/', body: { email: owner.email, password: guess(i) } }),
      ),
    )
    const looked = all.filter(({ status }) => status !== 429).length
    notes.tried(`${looked} of ${size} guesses were looked at`, looked > 25)
    for (const { status } of all) notes.tried('a guess opened the account', status === 200)
  },
}

/** The attacker holds the counters up as well as they can; the owner, on a device that is known, must get in. */
export const lockingOut: Attack = {
  name: 'locking the owner out',
  run: async ({ doorward, send }, notes, size) => {
    const owner = await doorward.signedUpUser()
    const first = await send({ path: 'jwt/create/', body: owner })
    const cookie = String(first.headers['set-cookie']).split(';', 1)[0] ?? ''
    for (let i = 0; i < size; i += 1) {
      await send({ path: 'jwt/create/', body: { email: owner.email, password: guess(i) } })
    }
    const again = await send({ path: 'jwt/create/', body: owner, headers: { cookie } })
    notes.tried('the owner was kept out of their own device', again.status !== 200)
    const reset = await send({ path: 'users/reset_password/', body: { email: owner.email } })
    notes.tried('the owner was kept from resetting the password', reset.status !== 204)
  },
}

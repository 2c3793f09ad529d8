/** What people do over and over: register, rotate tokens, change passwords, sign out. */
import { ask, PASSWORD, register, signIn } from './api.ts'
import { isNoAnswer, type Memory, type Person, remember } from './memory.ts'

/** Where to ask, and what is remembered. */
export interface Work {
  readonly base: () => string
  readonly memory: Memory
}

/** Registers somebody new. */
export async function registerOne({ base, memory }: Work): Promise<void> {
  const email = `new-${crypto.randomUUID()}@example.com`
  const answer = remember(memory, 'registration', await register(base(), email))
  if (answer.status === 201) memory.registered.push(email)
}

/** Exchanges the person's refresh token; without an answer, the same one again. */
export async function rotateOne({ base, memory }: Work, person: Person): Promise<void> {
  const { refresh } = person
  const answer = remember(
    memory,
    'rotation',
    refresh === null
      ? await signIn(base(), person.email, PASSWORD)
      : await ask(base(), 'jwt/refresh/', { refresh }),
  )
  if (answer.status === 200) {
    person.refresh = answer.body.refresh ?? null
    if (refresh !== null) memory.rotated += 1
  } else if (!isNoAnswer(answer)) person.refresh = null
}

/** Changes the person's password; without an answer, the new one may be the one from then on. */
export async function changeOne({ base, memory }: Work, person: Person): Promise<void> {
  if (person.unsure !== null) {
    const session = await signIn(base(), person.email, person.unsure)
    if (isNoAnswer(session)) return
    if (session.status === 200) person.password = person.unsure
    person.unsure = null
  }
  const session = remember(memory, 'sign-in', await signIn(base(), person.email, person.password))
  if (session.status !== 200) return
  person.unsure = `${PASSWORD}-${Math.floor(Math.random() * 1e9)}`
  const body = { current_password: person.password, new_password: person.unsure }
  const answer = await ask(base(), 'users/set_password/', body, session.body.access)
  if (remember(memory, 'password change', answer).status !== 204) return
  person.password = person.unsure
  person.unsure = null
  person.changes += 1
  memory.changed += 1
}

/** Signs in and out. */
export async function endOne({ base, memory }: Work, person: Person): Promise<void> {
  const session = remember(memory, 'sign-in', await signIn(base(), person.email, PASSWORD))
  const { access = '', refresh = '' } = session.body
  if (session.status !== 200) return
  const answer = remember(memory, 'sign-out', await ask(base(), 'jwt/logout/', {}, access))
  if (answer.status === 204) memory.ended.push({ access, refresh })
}

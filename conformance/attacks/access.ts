/** What belongs to others: fields that nobody may write, accounts and sessions by their number, and the staff's routes. */
import type { Attack } from './attack.ts'
import type { Target } from './target.ts'

const POWER = {
  role: 'admin',
  is_staff: true,
  is_active: true,
  is_superuser: true,
  id: 1,
  password_hash: 'x',
}

const stored = async ({ doorward }: Target, email: string) => doorward.deps.store.users.byEmail(email)

/** Fields of power in registrations and in changes of the own account. */
export const massAssignment: Attack = {
  name: 'mass assignment',
  run: async (target, notes) => {
    const person = { first_name: 'A', last_name: 'B', password: 'Kiddie-Ride-4821' }
    for (const [name, value] of Object.entries(POWER)) {
      const email = `power-${name}@example.com`.replaceAll('_', '-')
      const body = { ...person, role: 'buyer', email, [name]: value }
      await target.send({ path: 'users/', body })
      const user = await stored(target, email)
      const isPowerful = user?.isStaff === true || user?.isActive === true || user?.profile.role === 'admin'
      notes.tried(`register with ${name}`, isPowerful || user?.passwordHash === 'x')
    }
    const me = await target.doorward.signedUpUser({ role: 'buyer' })
    const before = await stored(target, me.email)
    for (const method of ['PATCH', 'PUT']) {
      for (const [name, value] of Object.entries({ ...POWER, email: 'other@example.com', password: 'x' })) {
        const body = { first_name: 'Maya', last_name: 'Santoso', [name]: value }
        await target.send({ method, path: 'users/me/', body, headers: { ...me.headers } })
        const after = await stored(target, me.email)
        notes.tried(`${method} me with ${name}`, JSON.stringify(after) !== JSON.stringify(before))
      }
    }
  },
}

interface Documented {
  readonly operationId?: string
  readonly tags?: readonly string[]
}

/** Other people's accounts and sessions by id, and everything that is for staff, by somebody who is not. */
export const reachingOthers: Attack = {
  name: 'insecure direct object references and the staff’s routes',
  run: async (target, notes) => {
    const { doorward, send } = target
    const victim = await doorward.signedUpUser()
    const attacker = await doorward.signedUpUser()
    const headers = { ...attacker.headers }
    const id = (await stored(target, victim.email))?.id ?? 0
    const sessions = await doorward.deps.store.sessions.listOf(id, doorward.clock.now())
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      const body = { first_name: 'Hacked', last_name: 'x', role: 'x', current_password: attacker.password }
      const answer = await send({ method, path: `users/${id}/`, headers, ...(method !== 'GET' && { body }) })
      notes.tried(`${method} users/${id}/`, answer.status < 300 || answer.body.includes(victim.email))
    }
    for (const session of sessions) {
      const { status } = await send({ method: 'DELETE', path: `sessions/${session.id}/`, headers })
      notes.tried("another's session was ended", status < 300)
    }
    const list = await send({ method: 'GET', path: 'users/', headers })
    notes.tried('the list of accounts shows others', list.body.includes(victim.email))
    for (const [path, methods] of Object.entries(doorward.openapi.paths ?? {})) {
      for (const [method, { operationId, tags = [] }] of Object.entries(
        methods as Record<string, Documented>,
      )) {
        const isForStaff = path.includes('/admin/') || (tags.includes('Staff') && path.includes('{id}'))
        if (!operationId || !isForStaff) continue
        const real = path.replace(/\{\w+\}/g, String(id))
        const body = method === 'get' ? {} : { body: {} }
        const shot = { method: method.toUpperCase(), path: real, ...body }
        notes.tried(`${method} ${real} by somebody else`, (await send({ ...shot, headers })).status < 300)
        notes.tried(`${method} ${real} by nobody`, (await send(shot)).status < 300)
      }
    }
    notes.tried('the victim was changed', (await stored(target, victim.email))?.profile.first_name !== 'Maya')
  },
}

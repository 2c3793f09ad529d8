/** On a server: the same markup that the browser starts from, and nothing that needs a window. */
import { createClient } from '@doorward/client'
import { type FunctionComponent, createElement as h, type ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import {
  DoorwardProvider,
  type DoorwardProviderProps,
  RequireUser,
  SignInForm,
  useSession,
  withLabels,
} from './index.ts'

const client = createClient({ baseUrl: 'http://127.0.0.1:9/auth', storage: 'local' })
// createElement knows children as arguments, its types want them as a property
const Provider = DoorwardProvider as FunctionComponent<Omit<DoorwardProviderProps, 'children'>>
const Guard = RequireUser as FunctionComponent
const render = (child: ReactNode, labels?: object) =>
  renderToString(h(Provider, { client, ...(labels && { labels }) }, child))

const Status = () => h('b', null, useSession().status)

describe('rendering on a server', () => {
  it('nobody is known there, whatever a client made there believes', async () => {
    await client.getUser()
    expect(client.getState().status).toBe('signedOut')
    expect(render(h(Status))).toBe('<b>loading</b>')
    expect(render(h(Guard, null, 'secret'))).toBe('<p role="status">Loading…</p>')
  })

  it('forms are rendered with labels tied to their fields', () => {
    const html = render(h(SignInForm), withLabels({ signIn: 'Masuk' }))
    const [, id] = /<label for="([^"]+)">E-mail address/.exec(html) ?? []
    expect(html).toMatch(new RegExp(`<input id="${id}"[^>]* name="email"`))
    expect(html).toContain('Masuk')
  })

  it('a component without a provider says what is missing', () => {
    expect(() => renderToString(h(SignInForm))).toThrow('There is no <DoorwardProvider>')
  })
})

/** An invitation by staff: the mailed link chooses the first password. */
import { useState } from 'react'
import { ButtonLink } from '../components/button.tsx'
import { CardPage } from '../components/page.tsx'
import { Emblem } from '../components/states.tsx'
import { checkForm } from '../forms/checks.ts'
import type { Values } from '../forms/form.tsx'
import { Form, SubmitButton } from '../forms/form.tsx'
import { NewPasswordField } from '../forms/password-field.tsx'
import { useTexts } from '../i18n/texts.ts'
import { PATHS } from '../navigation.ts'
import { mailedLink } from '../session/mailed-link.ts'
import { client } from '../session/session.ts'
import { settings } from '../settings.ts'
import type { LinkState } from './link-states.tsx'
import { EndedLink, IncompleteLink, LinkDone, stateOfLink } from './link-states.tsx'

/** The page. */
export function InvitationPage() {
  const texts = useTexts()
  const link = mailedLink('invitation')
  const [state, setState] = useState<LinkState>(link ? 'open' : 'incomplete')
  if (state === 'done') {
    return (
      <LinkDone title={texts.invitation.doneTitle} lead={texts.invitation.done}>
        <ButtonLink to={PATHS.signIn}>{texts.signIn.submit}</ButtonLink>
      </LinkDone>
    )
  }
  if (state === 'ended') return <EndedLink lead={texts.invitation.expired} />
  if (state !== 'open' || !link) return <IncompleteLink />
  const send = async ({ new_password = '' }: Values): Promise<void> => {
    const body = { ...link, new_password, re_new_password: new_password }
    try {
      await client.request('POST', 'users/accept_invitation/', body, { anonymous: true })
      setState('done')
    } catch (error) {
      const said = stateOfLink(error)
      if (!said) throw error
      setState(said)
    }
  }
  return (
    <CardPage
      title={texts.invitation.title(settings.siteName)}
      lead={texts.invitation.lead}
      emblem={<Emblem icon="mail" />}
    >
      <Form send={send} check={checkForm(texts, { password: 'new_password' })}>
        <NewPasswordField name="new_password" />
        <SubmitButton>{texts.invitation.submit}</SubmitButton>
      </Form>
    </CardPage>
  )
}

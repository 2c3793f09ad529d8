/** Another address for the account, by the link that was mailed to the old one. */
import { useState } from 'react'
import { ButtonLink } from '../components/button.tsx'
import { CardPage } from '../components/page.tsx'
import { checkForm } from '../forms/checks.ts'
import { EmailField } from '../forms/fields.tsx'
import type { Values } from '../forms/form.tsx'
import { Form, SubmitButton } from '../forms/form.tsx'
import { useTexts } from '../i18n/texts.ts'
import { PATHS } from '../navigation.ts'
import { mailedLink } from '../session/mailed-link.ts'
import { client } from '../session/session.ts'
import { settings } from '../settings.ts'
import type { LinkState } from './link-states.tsx'
import { EndedLink, IncompleteLink, LinkDone, stateOfLink } from './link-states.tsx'

/** The page. */
export function EmailResetPage() {
  const texts = useTexts()
  const said = settings.confirmsNewEmail ? texts.emailReset.confirmed : texts.emailReset
  const link = mailedLink('emailReset')
  const [state, setState] = useState<LinkState>(link ? 'open' : 'incomplete')
  const signIn = <ButtonLink to={PATHS.signIn}>{texts.signIn.submit}</ButtonLink>
  if (state === 'done') {
    return (
      <LinkDone title={said.doneTitle} lead={said.done}>
        {signIn}
      </LinkDone>
    )
  }
  if (state === 'ended') return <EndedLink lead={texts.emailReset.expired}>{signIn}</EndedLink>
  if (state !== 'open' || !link) return <IncompleteLink>{signIn}</IncompleteLink>
  const send = async ({ new_email = '' }: Values): Promise<void> => {
    try {
      await client.resetEmail({ ...link, new_email })
      setState('done')
    } catch (error) {
      const ended = stateOfLink(error)
      if (!ended) throw error
      setState(ended)
    }
  }
  return (
    <CardPage title={texts.emailReset.title} lead={texts.emailReset.lead}>
      <Form send={send} check={checkForm(texts, { email: 'new_email' })}>
        <EmailField name="new_email" label={texts.fields.newEmail} autoComplete="email" />
        <SubmitButton>{texts.emailReset.submit}</SubmitButton>
      </Form>
    </CardPage>
  )
}

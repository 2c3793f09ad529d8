/** Step 7 of the story: a new password, by the mailed link. */
import { useState } from 'react'
import { ButtonLink } from '../components/button.tsx'
import { CardPage } from '../components/page.tsx'
import { checkForm } from '../forms/checks.ts'
import type { Values } from '../forms/form.tsx'
import { Form, SubmitButton } from '../forms/form.tsx'
import { NewPasswordField } from '../forms/password-field.tsx'
import { useTexts } from '../i18n/texts.ts'
import { PATHS } from '../navigation.ts'
import { mailedLink } from '../session/mailed-link.ts'
import { client } from '../session/session.ts'
import type { LinkState } from './link-states.tsx'
import { EndedLink, IncompleteLink, LinkDone, stateOfLink } from './link-states.tsx'

/** The page. */
export function ResetPage() {
  const texts = useTexts()
  const link = mailedLink('passwordReset')
  const [state, setState] = useState<LinkState>(link ? 'open' : 'incomplete')
  const another = <ButtonLink to={PATHS.forgot}>{texts.reset.another}</ButtonLink>
  if (state === 'done') {
    return (
      <LinkDone title={texts.reset.doneTitle} lead={texts.reset.done}>
        <ButtonLink to={PATHS.signIn}>{texts.signIn.submit}</ButtonLink>
      </LinkDone>
    )
  }
  if (state === 'ended') return <EndedLink lead={texts.reset.expired}>{another}</EndedLink>
  if (state !== 'open' || !link) return <IncompleteLink>{another}</IncompleteLink>
  const send = async ({ new_password = '' }: Values): Promise<void> => {
    try {
      await client.resetPassword({ ...link, new_password })
      setState('done')
    } catch (error) {
      const said = stateOfLink(error)
      if (!said) throw error
      setState(said)
    }
  }
  return (
    <CardPage title={texts.reset.title} lead={texts.reset.lead}>
      <Form send={send} check={checkForm(texts, { password: 'new_password' })}>
        <NewPasswordField name="new_password" />
        <SubmitButton>{texts.reset.submit}</SubmitButton>
      </Form>
    </CardPage>
  )
}

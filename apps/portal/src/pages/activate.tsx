/** Step 2 of the story: a press of the button makes the account active. Opening the page does nothing. */
import { useState } from 'react'
import { ButtonLink } from '../components/button.tsx'
import { CardPage } from '../components/page.tsx'
import { Emblem } from '../components/states.tsx'
import { Form, SubmitButton } from '../forms/form.tsx'
import { useTexts } from '../i18n/texts.ts'
import { PATHS } from '../navigation.ts'
import { mailedLink } from '../session/mailed-link.ts'
import { client } from '../session/session.ts'
import { settings } from '../settings.ts'
import type { LinkState } from './link-states.tsx'
import { EndedLink, IncompleteLink, LinkDone, stateOfLink } from './link-states.tsx'
import { ResendForm } from './resend.tsx'

/** The page. */
export function ActivatePage() {
  const texts = useTexts()
  const link = mailedLink('activation')
  const [state, setState] = useState<LinkState>(link ? 'open' : 'incomplete')
  const signIn = <ButtonLink to={PATHS.signIn}>{texts.signIn.submit}</ButtonLink>
  const { activate } = texts
  if (state === 'done' || state === 'stale') {
    const isNew = state === 'done'
    return (
      <LinkDone
        title={isNew ? activate.doneTitle : activate.staleTitle}
        lead={isNew ? activate.done : activate.stale}
      >
        {signIn}
      </LinkDone>
    )
  }
  if (state === 'ended') {
    return (
      <EndedLink lead={activate.expired}>
        <ResendForm />
      </EndedLink>
    )
  }
  if (state === 'incomplete' || !link) {
    return (
      <IncompleteLink>
        <ButtonLink look="second" to={PATHS.resend}>
          {activate.resend}
        </ButtonLink>
      </IncompleteLink>
    )
  }
  const send = async (): Promise<void> => {
    try {
      await client.activate(link)
      setState('done')
    } catch (error) {
      const said = stateOfLink(error)
      if (!said) throw error
      setState(said)
    }
  }
  return (
    <CardPage title={activate.title} lead={activate.lead(settings.siteName)} emblem={<Emblem icon="door" />}>
      <Form send={send}>
        <SubmitButton>{activate.submit}</SubmitButton>
      </Form>
    </CardPage>
  )
}

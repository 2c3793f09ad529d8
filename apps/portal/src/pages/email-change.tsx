/** The two links of a changed address: the one to the new address confirms it, the one to the old takes it back. */
import { useState } from 'react'
import { ButtonLink } from '../components/button.tsx'
import { CardPage } from '../components/page.tsx'
import { Form, SubmitButton } from '../forms/form.tsx'
import { useTexts } from '../i18n/texts.ts'
import { PATHS } from '../navigation.ts'
import type { MailedLink } from '../session/link-pattern.ts'
import { mailedLink } from '../session/mailed-link.ts'
import { client } from '../session/session.ts'
import type { LinkState } from './link-states.tsx'
import { EndedLink, IncompleteLink, LinkDone, stateOfLink } from './link-states.tsx'

/** Confirms a new address. Opening the page does nothing; the button does. */
export const EmailConfirmPage = () => (
  <OneButtonPage
    purpose="emailChange"
    texts={useTexts().emailChange}
    act={(link) => client.confirmEmailChange(link)}
  />
)

/** Takes a change of the address back. Opening the page does nothing; the button does. */
export const EmailUndoPage = () => (
  <OneButtonPage
    purpose="emailUndo"
    texts={useTexts().emailUndo}
    act={(link) => client.undoEmailChange(link)}
  />
)

interface OneButton {
  readonly purpose: 'emailChange' | 'emailUndo'
  readonly texts: ReturnType<typeof useTexts>['emailChange']
  readonly act: (link: MailedLink) => Promise<void>
}

function OneButtonPage({ purpose, texts, act }: OneButton) {
  const link = mailedLink(purpose)
  const [state, setState] = useState<LinkState>(link ? 'open' : 'incomplete')
  const signIn = <ButtonLink to={PATHS.signIn}>{useTexts().signIn.submit}</ButtonLink>
  if (state === 'done') {
    return (
      <LinkDone title={texts.doneTitle} lead={texts.done}>
        {signIn}
      </LinkDone>
    )
  }
  if (state === 'ended') return <EndedLink lead={texts.expired}>{signIn}</EndedLink>
  if (state !== 'open' || !link) return <IncompleteLink>{signIn}</IncompleteLink>
  const send = async (): Promise<void> => {
    try {
      await act(link)
      setState('done')
    } catch (error) {
      const said = stateOfLink(error)
      if (!said) throw error
      setState(said)
    }
  }
  return (
    <CardPage title={texts.title} lead={texts.lead}>
      <Form send={send}>
        <SubmitButton>{texts.submit}</SubmitButton>
      </Form>
    </CardPage>
  )
}

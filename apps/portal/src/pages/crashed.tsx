/** A fault of ours, or a part of the pages that did not load. */
import { Button } from '../components/button.tsx'
import { CardPage } from '../components/page.tsx'
import { Emblem } from '../components/states.tsx'
import { useTexts } from '../i18n/texts.ts'

/** A part that did not load is a matter of the network, not of ours. */
const isNetwork = (error: unknown): boolean =>
  error instanceof TypeError && /import|module|fetch|load/i.test(error.message)

/** The page. */
export function CrashedPage({ error }: { error: unknown }) {
  const texts = useTexts()
  return (
    <CardPage
      title={texts.crashed.title}
      lead={isNetwork(error) ? texts.faults.network : texts.crashed.lead}
      emblem={<Emblem icon={isNetwork(error) ? 'offline' : 'alert'} kind="wrong" />}
    >
      <Button onClick={() => location.reload()}>{texts.crashed.reload}</Button>
    </CardPage>
  )
}

/** There is nothing at this address. */
import { useLocation } from 'wouter'
import { ButtonLink } from '../components/button.tsx'
import { CardPage } from '../components/page.tsx'
import { Emblem } from '../components/states.tsx'
import { useTexts } from '../i18n/texts.ts'
import { PATHS } from '../navigation.ts'
import { settings } from '../settings.ts'

/** The page. */
export function MissingPage() {
  const { missing: texts } = useTexts()
  const [path] = useLocation()
  const isSetup = path.startsWith('/setup/')
  return (
    <CardPage
      title={isSetup ? texts.setupTitle : texts.title}
      lead={isSetup ? texts.setup : texts.lead}
      emblem={<Emblem icon={isSetup ? 'clock' : 'door'} />}
    >
      <ButtonLink to={settings.pages === 'all' ? PATHS.home : PATHS.admin}>{texts.home}</ButtonLink>
    </CardPage>
  )
}

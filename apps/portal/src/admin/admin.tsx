/** The administration. It loads when staff opens it, with everything under this folder. */
import { CardPage } from '../components/page.tsx'
import { useTexts } from '../i18n/texts.ts'

/** The pages under `/admin`. */
export function Admin() {
  const { common } = useTexts()
  return <CardPage title={common.administration} />
}

/** The language that the person chose for the account, and the one of this device: a choice here is a choice there. */
import { useSession } from '@doorward/react'
import { useEffect } from 'react'
import { useLocale } from '../i18n/language.tsx'
import type { Locale } from '../i18n/locale.ts'
import { chosenLocale, localeOf } from '../i18n/locale.ts'
import { client } from './session.ts'

const PATH = 'users/me/language/'

/** Takes the account's language on a device where none was chosen. */
export function useOwnLanguage(): void {
  const { adopt } = useLocale()
  useEffect(() => {
    if (chosenLocale() !== null) return
    client
      .request<{ language: string | null }>('GET', PATH)
      .then(({ language }) => {
        const own = localeOf(language)
        if (own && chosenLocale() === null) adopt(own)
      })
      // the pages stay in the language of the browser
      .catch(() => {})
  }, [adopt])
}

/** The language, and how to choose another for this device and for the mails of whoever is signed in. */
export function useLanguageChoice(): { locale: Locale; choose: (locale: Locale) => void } {
  const { locale, choose } = useLocale()
  const { status } = useSession()
  return {
    locale,
    choose: (next) => {
      choose(next)
      if (status !== 'signedIn') return
      // mails stay in the language before if the server cannot be reached; the page has changed all the same
      client.request('PUT', PATH, { language: next }).catch(() => {})
    },
  }
}

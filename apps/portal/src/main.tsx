/** Starts the pages: the mailed link leaves the address bar, the language loads, and then there is something to see. */
import './session/mailed-link.ts'
import { DoorwardProvider } from '@doorward/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { LanguageProvider } from './i18n/language.tsx'
import { firstLocale } from './i18n/locale.ts'
import { catalogue } from './i18n/texts.ts'
import { client } from './session/session.ts'
import { dress, ThemeProvider } from './theme/theme.tsx'

async function start(): Promise<void> {
  dress()
  const locale = firstLocale()
  document.documentElement.lang = locale
  await catalogue.load(locale)
  const root = document.getElementById('root')
  if (!root) throw new TypeError('This page has no place for its content.')
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider first={locale}>
        <ThemeProvider>
          <DoorwardProvider client={client}>
            <App />
          </DoorwardProvider>
        </ThemeProvider>
      </LanguageProvider>
    </StrictMode>,
  )
}

void start()

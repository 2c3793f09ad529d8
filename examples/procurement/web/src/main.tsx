/** The front end: one client for accounts and sales, and the pages by their paths. */
import { createClient } from '@doorward/client'
import { DoorwardProvider } from '@doorward/react'
import '@doorward/react/theme.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './shop.css'

const { ACCOUNTS_URL, SALES_URL } = import.meta.env

const client = createClient({ baseUrl: `${ACCOUNTS_URL}/auth`, storage: 'local', origins: [SALES_URL] })

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <DoorwardProvider client={client}>
      <App />
    </DoorwardProvider>
  </StrictMode>,
)

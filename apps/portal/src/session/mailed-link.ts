/** The mailed link that the page was opened with. Its token leaves the address bar before anything else happens. */
import { PATHS } from '../navigation.ts'
import { settings } from '../settings.ts'
import type { MailedLink } from './link-pattern.ts'
import { readLink } from './link-pattern.ts'

/** What a link is for. */
export type LinkPurpose = keyof typeof settings.links

const PAGES: Record<LinkPurpose, string> = {
  activation: PATHS.activate,
  invitation: PATHS.invitation,
  passwordReset: PATHS.reset,
  emailReset: PATHS.emailReset,
  emailChange: PATHS.emailChange,
  emailUndo: PATHS.emailUndo,
}

function take(): { readonly purpose: LinkPurpose; readonly link: MailedLink } | null {
  const address = location.pathname + location.search + location.hash
  for (const purpose of Object.keys(PAGES) as LinkPurpose[]) {
    const link = readLink(settings.links[purpose], address)
    if (!link) continue
    // neither history, nor a screenshot, nor a reload may hold it any longer
    history.replaceState(null, '', PAGES[purpose])
    return { purpose, link }
  }
  return null
}

const taken = take()

/** The link, if it is for this. */
export const mailedLink = (purpose: LinkPurpose): MailedLink | null =>
  taken?.purpose === purpose ? taken.link : null

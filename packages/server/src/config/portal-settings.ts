/** The section of settings about the web pages that come along: whether there are any, and what they look like. */
import { accentColor, pageAddress } from './checks.ts'
import { flag, text } from './descriptors.ts'

/** Section `portal`. */
export const portalSettings = {
  portal: {
    enabled: flag({
      default: true,
      env: 'PORTAL',
      doc: 'Whether the server has web pages. With `server.frontendUrl` elsewhere there are only those for staff: administration, setting up, the development mailbox.',
    }),
    accentColor: text({
      default: '#2450c4',
      env: 'PORTAL_ACCENT_COLOR',
      check: accentColor,
      doc: 'The one colour of your own in the pages and mails, as `#rrggbb`. Light and dark shades that can be read are made from it.',
    }),
    logoUrl: text({
      default: '',
      env: 'PORTAL_LOGO_URL',
      check: pageAddress,
      doc: 'A picture beside the name of the site: an address, or a path of this host. Its origin joins the Content-Security-Policy.',
    }),
    homeUrl: text({
      default: '',
      env: 'PORTAL_HOME_URL',
      check: pageAddress,
      doc: 'Where the name of the site leads to. Default: the first page.',
    }),
    termsUrl: text({
      default: '',
      env: 'PORTAL_TERMS_URL',
      check: pageAddress,
      doc: 'Your terms of use, linked below every page and at registration.',
    }),
    privacyUrl: text({
      default: '',
      env: 'PORTAL_PRIVACY_URL',
      check: pageAddress,
      doc: 'Your privacy notice, linked in the same places.',
    }),
    supportUrl: text({
      default: '',
      env: 'PORTAL_SUPPORT_URL',
      check: pageAddress,
      doc: 'Where people find help, linked below every page.',
    }),
  },
} as const

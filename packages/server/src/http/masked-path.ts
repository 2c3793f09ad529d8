/** Paths as logs may know them: the tokens of links are left out. */
import type { Settings } from '../config/settings.ts'
import { PAGE_LINKS } from './page-settings.ts'

/**
 * Makes a function that names the page of a link by its pattern, `/activate/{uid}/{token}`. A log is read by more
 * people than a mail, and a token that was opened but not used yet is still good.
 */
export function createPathMask({ links }: Settings): (path: string) => string {
  const secret = [...PAGE_LINKS.map((name) => links[name]), 'setup/{token}']
  const patterns = secret.map((link) => {
    const pattern = `/${link.replace(/[?#].*/, '')}`
    const form = pattern
      .split(/\{(?:uid|token)\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^/]+')
    return { pattern, form: new RegExp(`^${form}/?$`) }
  })
  return (path) => patterns.find(({ form }) => form.test(path))?.pattern ?? path
}

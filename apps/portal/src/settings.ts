/** What the server tells its pages: read once from the page itself, so that no request and no script in it is needed. */
import type { PageSettings } from '@doorward/server'

export type { PageField, PageSettings } from '@doorward/server'

const element = document.querySelector<HTMLMetaElement>('meta[name="doorward"]')

function read(): PageSettings {
  const content = element?.content
  if (!content) throw new TypeError('This page was not served by Doorward: its settings are missing.')
  return JSON.parse(content) as PageSettings
}

/** The settings of the pages. */
export const settings: PageSettings = read()

/** Whether the server said 404 with this page: the path is none of ours, or its link has ended. */
export const servedAsMissing: boolean = element?.dataset.status === '404'

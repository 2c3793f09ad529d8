/** Files of the API that need the token, so that a plain link would not do. */

import { settings } from '../settings.ts'
import { client } from './session.ts'

/** Saves what the API answers as a file. */
export async function download(path: string, name: string): Promise<void> {
  const answer = await client.fetch(`${location.origin}${settings.authPath}/${path}`)
  if (!answer.ok) throw new TypeError(`the download was refused with ${answer.status}`)
  const address = URL.createObjectURL(await answer.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

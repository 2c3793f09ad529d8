/** Step 2 of the story on the wire: `POST users/activation/`. */
import { activate } from '../../flows/activate.ts'
import type { Operation } from '../endpoint.ts'
import { done } from '../endpoint.ts'
import type { RouteContext } from './context.ts'

/** The operation. */
export const activateOperation = (context: RouteContext): Operation => ({
  id: 'activate',
  summary: 'Activate',
  description: 'Activates the account by the two parts of the mailed link.',
  tag: 'Story',
  permission: context.permissions.activate,
  throttle: 'link',
  input: context.schemas.link,
  success: { status: 204, description: 'The account is active; a mail confirms it.' },
  errors: ['invalid_uid', 'invalid_link_token', 'stale_token'],
  handle: async (request) => {
    const { origin } = request
    await activate(context, { ...(await request.read(context.schemas.link)), origin })
    return done
  },
})

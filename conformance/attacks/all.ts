/** Every attack there is. */
import { massAssignment, reachingOthers } from './access.ts'
import type { Attack } from './attack.ts'
import { crossSite } from './browser.ts'
import { enumeration } from './enumeration.ts'
import { credentialStuffing, distributedGuessing, lockingOut, passwordSpraying } from './guessing.ts'
import { hostileInput, mailInjection, strangeRequests } from './injection.ts'
import { confusingLinks, replayingLinks } from './links.ts'
import { forgingTokens, replayingTokens } from './tokens.ts'

/** The attacks, in the order in which they are reported. */
export const ATTACKS: readonly Attack[] = [
  credentialStuffing,
  passwordSpraying,
  distributedGuessing,
  lockingOut,
  enumeration,
  forgingTokens,
  replayingTokens,
  replayingLinks,
  confusingLinks,
  crossSite,
  mailInjection,
  hostileInput,
  strangeRequests,
  massAssignment,
  reachingOthers,
]

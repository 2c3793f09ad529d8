/** Rates passwords by how many guesses they withstand. Loaded apart, for its dictionaries are larger than the pages. */
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import type { Score } from './strength.tsx'

const guesser = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })

/** From 0 to 4. `about` are words that somebody who knows the person would try. */
export const ratePassword = (password: string, about: readonly string[]): Score =>
  guesser.check(password, [...about]).score as Score

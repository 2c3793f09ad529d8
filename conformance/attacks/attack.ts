/** An attack: what is tried, bounded, and what of it got through. */
import type { Target } from './target.ts'

/** Notes what an attack does. */
export interface Notes {
  /** Something was tried; `throughIf` says whether it worked, and `what` names it then. */
  tried(what: string, throughIf: boolean): void
}

/** An attack. `size` bounds how often it tries what could be tried for ever. */
export interface Attack {
  readonly name: string
  run(target: Target, notes: Notes, size: number): Promise<void>
}

/** What came of an attack. */
export interface Outcome {
  readonly name: string
  readonly tried: number
  readonly through: readonly string[]
}

/** Runs an attack against a target. */
export async function launch(attack: Attack, target: Target, size: number): Promise<Outcome> {
  const through: string[] = []
  let tried = 0
  const notes: Notes = {
    tried: (what, throughIf) => {
      tried += 1
      if (throughIf) through.push(what)
    },
  }
  await attack.run(target, notes, size)
  return { name: attack.name, tried, through }
}

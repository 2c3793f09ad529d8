/** `node conformance/attacks/run.ts`: runs every attack against a server of its own, on this machine alone. */
import { ATTACKS } from './all.ts'
import { launch } from './attack.ts'
import { startTarget } from './target.ts'

/** How often an attack tries what could be tried for ever. */
const SIZE = 1000

let tried = 0
let through = 0
for (const attack of ATTACKS) {
  const target = await startTarget()
  const outcome = await launch(attack, target, SIZE)
  await target.close()
  tried += outcome.tried
  through += outcome.through.length
  const said = outcome.through.length === 0 ? 'nothing got through' : `${outcome.through.length} GOT THROUGH`
  console.log(`${outcome.name}: ${outcome.tried} tried, ${said}`)
  for (const what of outcome.through) console.log(`  ! ${what}`)
}
console.log(`${ATTACKS.length} attacks, ${tried} tried, ${through} got through`)
process.exitCode = through === 0 ? 0 : 1

/** `doorward doctor`: looks at everything that goes wrong in practice, and says how to mend it. */
import { examine } from '@doorward/server/doctor'
import { Command } from 'commander'
import { printResult } from '../output.ts'
import { loadProject } from '../project.ts'

const MARKS = { ok: '✓', warning: '!', problem: '✗' } as const

/** Exits with 1 if there is a problem. */
export const doctorCommand = (): Command =>
  new Command('doctor')
    .description('check configuration, database, keys, mail server and clock, and say what to do')
    .action(async (_: unknown, command: Command) => {
      const { settings, json, notes } = await loadProject(command)
      const findings = await examine(settings, notes)
      const text = findings.map(({ level, about, says, fix }) => {
        const line = `${MARKS[level]} ${about}: ${says}`
        return fix === null ? line : `${line}\n    → ${fix}`
      })
      printResult(findings, text.join('\n'), json)
      if (findings.some(({ level }) => level === 'problem')) process.exitCode = 1
    })

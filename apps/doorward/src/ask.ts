/** Questions at the terminal. */
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** Asks one question; what is typed as a password is not shown. */
export async function ask(label: string, hidden: boolean): Promise<string> {
  process.stderr.write(`${label}: `)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const output = hidden ? silent : process.stderr
  const terminal = createInterface({ input: process.stdin, output, terminal: true })
  try {
    const answer = await terminal.question('')
    if (hidden) process.stderr.write('\n')
    return hidden ? answer : answer.trim()
  } catch {
    // Ctrl-C or Ctrl-D: whoever typed it knows why
    process.stderr.write('\n')
    throw new TypeError('Nothing was done.')
  } finally {
    terminal.close()
  }
}

/** A password: asked for at a terminal, and the first line of standard input where there is none. */
export async function askPassword(label: string): Promise<string> {
  if (process.stdin.isTTY) return ask(label, true)
  const lines = createInterface({ input: process.stdin })
  for await (const line of lines) return line
  throw new TypeError('There is no terminal to ask at. Write the password to standard input.')
}

/** Waits for a yes; TypeError without a terminal, where nobody can say it. */
export async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw new TypeError('There is no terminal to ask at. Give also: --yes')
  const answer = await ask(`${question} [y/N]`, false)
  if (!/^y(?:es)?$/i.test(answer)) throw new TypeError('Nothing was done.')
}

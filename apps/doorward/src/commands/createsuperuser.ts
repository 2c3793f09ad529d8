/** `doorward createsuperuser`: the first person with staff rights. */
import { createDoorward, createSuperuser, Secret } from '@doorward/server'
import { Command } from 'commander'
import { trimmed } from '../arguments.ts'
import { ask, askPassword } from '../ask.ts'
import { printResult } from '../output.ts'
import { commandLine, loadProject } from '../project.ts'

interface Answers {
  email?: string
  password?: string
  firstName?: string
  lastName?: string
  role?: string
}

const QUESTIONS = [
  ['email', 'E-mail'],
  ['firstName', 'First name'],
  ['lastName', 'Last name'],
  ['role', 'Role'],
] as const

/** Asks for what was not given, if there is a terminal to ask at; the password comes from stdin, too. */
export const createSuperuserCommand = (): Command =>
  new Command('createsuperuser')
    .description('make an account with staff rights; asks for what is not given')
    .option('--email <address>', 'address to sign in with', trimmed)
    .option('--password <text>', 'password; better asked for, or from stdin: others here can see commands')
    .option('--first-name <text>', 'first name', trimmed)
    .option('--last-name <text>', 'last name', trimmed)
    .option('--role <text>', 'role', trimmed)
    .action(async (given: Answers, command: Command) => {
      const { settings, json } = await loadProject(command)
      const answers = await complete(given)
      const doorward = await createDoorward({ settings, deliver: false })
      try {
        const user = await createSuperuser(doorward.deps, {
          email: answers.email,
          profile: { first_name: answers.firstName, last_name: answers.lastName, role: answers.role },
          password: new Secret(answers.password),
          origin: commandLine(),
        })
        printResult(
          { id: user.id, email: user.email },
          `${user.email} has staff rights (id ${user.id}).`,
          json,
        )
      } finally {
        await doorward.close()
      }
    })

async function complete(given: Answers): Promise<Required<Answers>> {
  const missing = QUESTIONS.filter(([name]) => given[name] === undefined)
  if (missing.length > 0 && !process.stdin.isTTY) {
    const options = missing.map(([name]) => `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`)
    throw new TypeError(`There is no terminal to ask at. Give also: ${options.join(', ')}`)
  }
  const answers = { ...given }
  for (const [name, label] of missing) answers[name] = await ask(label, false)
  answers.password ??= await askPassword('Password')
  return answers as Required<Answers>
}

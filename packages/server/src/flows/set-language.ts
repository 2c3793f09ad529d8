/** Beside the story: a person says in which language to be written to. */
import type { Caller, Deps } from './deps.ts'

/** Stores the language of mails and pages; null leaves it to the site. */
export async function setLanguage(
  deps: Pick<Deps, 'store'>,
  input: { readonly caller: Caller; readonly language: string | null },
): Promise<void> {
  await deps.store.users.update(input.caller.user.id, { locale: input.language })
}

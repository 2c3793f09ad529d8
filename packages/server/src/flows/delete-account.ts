/** Staff delete somebody's account, never by mistake their own: that is done under `users/me/`. */
import { deleteUser } from './delete-user.ts'
import { refuseOwnAccount } from './keep-administrator.ts'

/** Deletes the account. Throws `own_account`, and what `deleteUser` throws. */
export async function deleteAccount(...[deps, input]: Parameters<typeof deleteUser>): Promise<void> {
  refuseOwnAccount(input.caller, input.target)
  await deleteUser(deps, input)
}

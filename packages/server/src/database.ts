/** The database from outside of a running server: for `doorward migrate`. */
import type { Settings } from './config/settings.ts'
import { Secret } from './domain/secret.ts'
import type { MigrationStatus } from './store/migrate.ts'
import { migrationStatus } from './store/migrate.ts'
import { connect, openStore } from './store/open-store.ts'
import { createSealer } from './tokens/seal.ts'

/** Every migration and whether it was applied. Changes nothing. */
export async function databaseStatus(
  settings: Pick<Settings, 'database'>,
): Promise<readonly MigrationStatus[]> {
  const connection = connect(settings.database.url)
  try {
    return await migrationStatus(connection)
  } finally {
    await connection.db.destroy()
  }
}

/** Applies what is missing, and makes the columns of declared fields. */
export async function migrateDatabase(
  settings: Pick<Settings, 'database' | 'users' | 'secrets'>,
): Promise<void> {
  const secrets = settings.secrets.list.map((text) => new Secret(text))
  const store = await openStore({
    url: settings.database.url,
    fields: settings.users.fields,
    sealer: createSealer(secrets, 'outbox'),
  })
  await store.close()
}

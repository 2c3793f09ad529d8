/** The database from outside of a running server: for `doorward migrate`. */
import type { Settings } from './config/settings.ts'
import { Secret } from './domain/secret.ts'
import { refuseUnfinishedCopy } from './store/copy/copy-mark.ts'
import { explained } from './store/database-faults.ts'
import type { Connection } from './store/dialect.ts'
import type { MigrationStatus, PlannedMigration } from './store/migrate.ts'
import { migrationPlan, migrationStatus } from './store/migrate.ts'
import { connect, openStore } from './store/open-store.ts'
import { createSealer } from './tokens/seal.ts'

/** Every migration and whether it was applied. Changes nothing. */
export const databaseStatus = (settings: Pick<Settings, 'database'>): Promise<readonly MigrationStatus[]> =>
  lookAt(settings, migrationStatus)

/** What `migrateDatabase` would run. Changes nothing. */
export const databasePlan = (settings: Pick<Settings, 'database'>): Promise<readonly PlannedMigration[]> =>
  lookAt(settings, migrationPlan)

async function lookAt<T>(
  settings: Pick<Settings, 'database'>,
  look: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = connect(settings.database.url, settings.database)
  try {
    await refuseUnfinishedCopy(connection)
    return await look(connection)
  } catch (error) {
    throw explained(error)
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
    postgres: settings.database,
    fields: settings.users.fields,
    sealer: createSealer(secrets, 'outbox'),
  })
  await store.close()
}

/** All migrations, in order. A new one gets the next number; one that was released is never changed. */
import type { MigrationProvider } from 'kysely/migration'
import type { DialectName } from '../dialect.ts'
import { initial } from './0001-initial.ts'
import { sharedState } from './0002-shared-state.ts'
import { audit } from './0003-audit.ts'
import { guard } from './0004-guard.ts'
import { administration } from './0005-administration.ts'

/** The migrations by name, for Kysely's Migrator. They are imports, so that a bundle holds them. */
export const migrationsFor = (dialect: DialectName): MigrationProvider => ({
  getMigrations: async () => ({
    '0001-initial': initial(dialect),
    '0002-shared-state': sharedState(),
    '0003-audit': audit(dialect),
    '0004-guard': guard(dialect),
    '0005-administration': administration(dialect),
  }),
})

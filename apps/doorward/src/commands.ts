/** Which commands there are. */
import type { Command } from 'commander'

/** The commands by name. A command brings what it needs, and only the one that was asked for is loaded. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./commands/start.ts')).startCommand(),
  dev: async () => (await import('./commands/start.ts')).devCommand(),
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand(),
  db: async () => (await import('./commands/db.ts')).dbCommand(),
  backup: async () => (await import('./commands/backup.ts')).backupCommand(),
  createsuperuser: async () => (await import('./commands/createsuperuser.ts')).createSuperuserCommand(),
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand(),
  keys: async () => (await import('./commands/keys.ts')).keysCommand(),
  users: async () => (await import('./commands/users.ts')).usersCommand(),
  mail: async () => (await import('./commands/mail.ts')).mailCommand(),
  audit: async () => (await import('./commands/audit.ts')).auditCommand(),
  import: async () => (await import('./commands/import.ts')).importCommand(),
  export: async () => (await import('./commands/export.ts')).exportCommand(),
  openapi: async () => (await import('./commands/openapi.ts')).openapiCommand(),
}

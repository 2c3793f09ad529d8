/** The section of settings about the database: where it is, and how long anything there may take. */
import { databaseUrl, pemCertificates, schemaName } from './checks.ts'
import { choice, duration, number, optionalText, text } from './descriptors.ts'

/** Sections `database` and `cleanup`. */
export const storageSettings = {
  database: {
    url: text({
      default: 'sqlite:./data/doorward.db',
      env: 'DATABASE_URL',
      counterpart: 'DATABASES',
      check: databaseUrl,
      doc: 'Where everything is stored: `sqlite:<file>` or `postgres://…`. What the address says itself (`?schema=`, `?sslmode=`, `?pool=`) goes before the settings below, which are for PostgreSQL.',
    }),
    directUrl: optionalText({
      default: null,
      env: 'DATABASE_DIRECT_URL',
      check: (address) => (address === null ? [] : databaseUrl(address)),
      doc: 'The same PostgreSQL without the pooler. Set it when `database.url` leads to PgBouncer in transaction mode: migrations and the listener go here, and what a pooler cannot keep (named statements, session parameters) is not used there.',
    }),
    schema: optionalText({
      default: null,
      env: 'DATABASE_SCHEMA',
      counterpart: 'search_path in OPTIONS',
      check: schemaName,
      doc: 'The schema that holds the tables; it is made if it is missing. Unset: the first one of the search path, which is usually `public`.',
    }),
    poolSize: number({
      default: 10,
      env: 'DATABASE_POOL_SIZE',
      min: 1,
      max: 1000,
      doc: 'Most connections of one instance, beside one for the listener. PostgreSQL itself allows 100 by default, for all instances.',
    }),
    connectTimeout: duration({
      default: 5,
      min: 1,
      max: 120,
      env: 'DATABASE_CONNECT_TIMEOUT',
      doc: 'How long a request waits for a connection, a free one or a new one. Then: 503.',
    }),
    statementTimeout: duration({
      default: 5,
      min: 1,
      max: 3600,
      env: 'DATABASE_STATEMENT_TIMEOUT',
      doc: 'How long one statement may take. Then: 503. A server that does not even answer that is given up two seconds later.',
    }),
    lockTimeout: duration({
      default: 5,
      min: 1,
      max: 3600,
      env: 'DATABASE_LOCK_TIMEOUT',
      doc: 'How long a statement waits for the lock of another transaction. Then: 503.',
    }),
    idleInTransactionTimeout: duration({
      default: 30,
      min: 1,
      max: 3600,
      env: 'DATABASE_IDLE_IN_TRANSACTION_TIMEOUT',
      doc: 'How long a transaction may pause before PostgreSQL ends it, so that an instance that hangs holds no lock for long.',
    }),
    migrationTimeout: duration({
      default: 300,
      min: 1,
      max: 86_400,
      env: 'DATABASE_MIGRATION_TIMEOUT',
      doc: 'How long an instance waits at start while another one brings the database up to date.',
    }),
    sslMode: choice(['unset', 'disable', 'require', 'verify-ca', 'verify-full'], {
      default: 'unset',
      env: 'DATABASE_SSLMODE',
      counterpart: 'sslmode in OPTIONS',
      doc: "libpq's `sslmode`: `require` encrypts, and checks the certificate only if there is `database.sslCa`; `verify-full` checks it and the host's name. `unset`: not encrypted, unless the address says so.",
    }),
    sslCa: optionalText({
      default: null,
      env: 'DATABASE_SSL_CA',
      counterpart: 'sslrootcert in OPTIONS',
      check: pemCertificates,
      doc: 'The certificates to check with, in PEM form; usually `DATABASE_SSL_CA_FILE=<path>`. Unset: those that Node trusts.',
    }),
    applicationName: text({
      default: 'doorward',
      env: 'DATABASE_APPLICATION_NAME',
      doc: 'The name of the connections in `pg_stat_activity`.',
    }),
  },
  cleanup: {
    interval: duration({
      default: 3600,
      min: 60,
      env: 'CLEANUP_INTERVAL',
      counterpart: 'manage.py flushexpiredtokens',
      doc: 'How often what is over is deleted, in small batches beside the work of the server: expired revocations and blacklisted tokens, and what the settings below and `audit.retention` say.',
    }),
    sessions: duration({
      default: 2_592_000,
      min: 0,
      env: 'CLEANUP_SESSIONS',
      doc: 'How long a session is kept after it ended or expired. Its tokens are refused in any case.',
    }),
    sentMails: duration({
      default: 604_800,
      min: 0,
      env: 'CLEANUP_SENT_MAILS',
      doc: 'How long the record of a delivered mail is kept, from when it was queued. Its text is wiped at delivery.',
    }),
    deadMails: duration({
      default: 7_776_000,
      min: 0,
      env: 'CLEANUP_DEAD_MAILS',
      doc: 'How long a mail that was given up is kept, from when it was queued.',
    }),
    waitingAccounts: duration({
      default: 0,
      min: 0,
      env: 'CLEANUP_WAITING_ACCOUNTS',
      doc: 'How long an account waits for its activation before it is deleted, counted from the last mail to it; 0 keeps it for ever. At least `links.activationLifetime`.',
    }),
  },
} as const

/** Which databases there are to measure on. */
import { findPostgres } from '../seed.ts'

/** SQLite always, PostgreSQL where one answers. */
export const databases = async (): Promise<readonly ('sqlite' | 'postgres')[]> =>
  (await findPostgres()) === null ? ['sqlite'] : ['sqlite', 'postgres']

/** Staff: how Doorward is used, day by day. */
import { readStatistics } from '../../../flows/read-statistics.ts'
import { QUERIES } from '../../admin-schemas.ts'
import type { Operation } from '../../endpoint.ts'
import { ok } from '../../endpoint.ts'
import type { AdminContext } from './context.ts'
import { staffOperation, time } from './context.ts'

const DAY = 86_400_000

/** `GET admin/statistics/`. */
export const readStatisticsOperation = (context: AdminContext): Operation =>
  staffOperation({
    id: 'readStatistics',
    summary: 'Count by day',
    description: 'Sign-ups, sign-ins by result, refresh tokens that came back, mails by what became of them.',
    query: QUERIES.statistics,
    success: { status: 200, description: 'The counts.', schema: context.views.statistics },
    errors: ['max_value', 'min_value'],
    handle: async (request) => {
      const { days = 30 } = await request.query(QUERIES.statistics)
      const { firstDay, counts, accounts, moreAccounts } = await readStatistics(context, { days })
      const dates = Array.from({ length: days }, (_, n) => time((firstDay + n) * DAY).slice(0, 10))
      return ok({ days: dates, counts, accounts, more_accounts: moreAccounts })
    },
  })

import { serializeSpending } from '@/app/_lib/serializers/reports'
import type { SpendingResponse } from '@/lib/api/reports'
import type { Period } from '@/lib/domain/periods'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService } from '@/lib/services'

/** Number of top merchants in the report. */
const TOP_MERCHANTS_LIMIT = 6

/** Spending by category and merchant, shared by the page and the API. */
export async function loadSpending(
  user: UserActor,
  periods: { current: Period; previous: Period }
): Promise<SpendingResponse> {
  const spending = await DataService.getSpending(user, periods)
  const merchants = await Promise.all(
    spending.map(({ currency }) =>
      DataService.listTopMerchants(user, {
        period: periods.current,
        currency,
        limit: TOP_MERCHANTS_LIMIT
      })
    )
  )
  return serializeSpending(spending, merchants.flat(), periods)
}

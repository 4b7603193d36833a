import type { SpendingResponse } from '@/lib/api/reports'
import type { UserActor } from '@/lib/domain/users/actor'
import type { Period } from '@/lib/domain/periods'
import { DataService } from '@/lib/services'
import { toWireSpending } from '@/app/_lib/serializers/reports'

/** How many of the merchants with the largest sums are named. */
const MERCHANTS = 6

/** Spending by category and merchant, for the page and for the API alike. */
export async function readSpending(
  person: UserActor,
  periods: { current: Period; previous: Period }
): Promise<SpendingResponse> {
  const spending = await DataService.getSpending(person, periods)
  const merchants = await Promise.all(
    spending.map(({ currency }) =>
      DataService.listTopMerchants(person, { period: periods.current, currency, limit: MERCHANTS })
    )
  )
  return toWireSpending(spending, merchants.flat(), periods)
}

/** The products that a sync reads beside transactions and balances. */
import 'server-only'
import type {
  SyncedHolding,
  SyncedInvestmentTransaction
} from '@/lib/domain/connections/investment'
import type { SyncedLiability } from '@/lib/domain/connections/liability'
import type { CalendarDate } from '@/lib/domain/dates'
import { addDays } from '@/lib/domain/periods'
import type { SyncedStream } from '@/lib/domain/reports/recurring-streams'
import { now } from '@/lib/platform/clock'
import { isIntegrationError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as AccountService from '@/lib/services/plaid'
import { plaid } from '@/pangea.config'

const LIABILITIES = 'liabilities'
const INVESTMENTS = 'investments'
const TRANSACTIONS = 'transactions'
/** Plaid's name for it where an Item lists what it offers; it needs no consent of its own. */
const RECURRING = 'recurring_transactions'
/** How far back Plaid has investment transactions. */
const HISTORY_DAYS = 730

/** null keeps what is stored. */
export type ProductData = {
  liabilities: SyncedLiability[] | null
  holdings: SyncedHolding[] | null
  investmentTransactions: { rows: SyncedInvestmentTransaction[]; from: CalendarDate } | null
  streams: SyncedStream[] | null
} & Pick<AccountService.PlaidItem, 'products' | 'availableProducts'>

/** No account of the Item has such data. */
const NOTHING_TO_READ = new Set([
  'NO_LIABILITY_ACCOUNTS',
  'NO_INVESTMENT_ACCOUNTS',
  'PRODUCTS_NOT_SUPPORTED'
])

/**
 * Reads the products that the Item has. They are an addition: a failure is logged, and the sync
 * succeeds without them. A product that Plaid wants consent for counts as missing, so that the
 * connection offers it.
 */
export async function readProducts(
  context: AccountService.CallContext,
  accessToken: string,
  { products, availableProducts }: AccountService.PlaidItem
): Promise<ProductData> {
  const lacking = new Set<string>()
  const read = async <T>(product: string, ask: () => Promise<T>, none: T): Promise<T | null> => {
    if (!products.includes(product)) return none
    try {
      return await ask()
    } catch (thrown) {
      if (!isIntegrationError(thrown)) throw thrown
      const { code } = thrown
      if (NOTHING_TO_READ.has(code)) return none
      log.warn('sync.product_unavailable', { ...context, service: 'plaid', type: product, code })
      if (code === 'ADDITIONAL_CONSENT_REQUIRED') lacking.add(product)
      return null
    }
  }
  const to = now().toISOString().slice(0, 10)
  const days = { from: addDays(to, -HISTORY_DAYS), to }
  const offersStreams =
    plaid.recurringPayments && [...products, ...availableProducts].includes(RECURRING)
  const [liabilities, holdings, investmentTransactions, streams] = await Promise.all([
    read(LIABILITIES, () => AccountService.listLiabilities(context, accessToken), []),
    read(INVESTMENTS, () => AccountService.listHoldings(context, accessToken), []),
    read<ProductData['investmentTransactions']>(
      INVESTMENTS,
      () => AccountService.listInvestmentTransactions(context, accessToken, days),
      null
    ),
    offersStreams
      ? read(TRANSACTIONS, () => AccountService.listRecurringStreams(context, accessToken), [])
      : []
  ])
  return {
    liabilities,
    holdings,
    investmentTransactions,
    streams,
    products: products.filter((product) => !lacking.has(product)),
    availableProducts: [...new Set([...availableProducts, ...lacking])]
  }
}

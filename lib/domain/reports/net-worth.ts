/** Assets minus debts per currency. Nothing is converted or estimated. */
import { type LinkedAccount, netValue } from '@/lib/domain/connections/linked-account'
import type { CalendarDate } from '@/lib/domain/dates'
import { assetNetValue, isDebt, type OwnAsset } from '@/lib/domain/reports/own-assets'

/** Account types known to be assets or debts; others are listed and excluded. */
const ASSET_ACCOUNT_TYPES = ['depository', 'investment', 'brokerage']
const DEBT_ACCOUNT_TYPES = ['credit', 'loan']

/** own: the user's Jiko account · property, debt: own assets entered by the user. */
export type HoldingType =
  | 'own'
  | 'depository'
  | 'investment'
  | 'property'
  | 'credit'
  | 'loan'
  | 'debt'

export type Holding = {
  /** Null for the Jiko account and for own assets, which have no linked transactions. */
  accountId: string | null
  /** Own assets only: their id and valuation date. */
  assetId: string | null
  valuedOn: CalendarDate | null
  name: string
  institutionName: string
  type: HoldingType
  /** Debts are negative, an overpaid card is positive. */
  minor: bigint
  currency: string
  balancesAt: string | null
  stale: boolean
}

export type HoldingGroup = { type: HoldingType; minor: bigint; holdings: Holding[] }
/** `asOf` is the oldest included balance: a total is only as fresh as its oldest part. */
export type CurrencyNetWorth = {
  currency: string
  assets: bigint
  debts: bigint
  net: bigint
  groups: HoldingGroup[]
  asOf: string | null
}
export type ExcludedAccount = {
  accountId: string
  name: string
  institutionName: string
  reason: 'no_balance' | 'unknown_type'
}

export type NetWorth = {
  currencies: CurrencyNetWorth[]
  /** The oldest balance of all currencies. */
  asOf: string | null
  stale: Holding[]
  leftOut: ExcludedAccount[]
}

export type NetWorthInput = {
  accounts: readonly (Pick<
    LinkedAccount,
    'id' | 'connectionId' | 'name' | 'type' | 'current' | 'balancesAt'
  > & { institutionName: string })[]
  own: { name: string; balance: LinkedAccount['current']; balanceAt: string | null } | null
  assets: readonly OwnAsset[]
  today: CalendarDate
  /** Connections that no longer deliver data. */
  brokenConnections: ReadonlySet<string>
  /** Balances before this instant are stale. */
  freshSince: string
}

/** Balances are read several times a day; an older one is shown as stale. */
const STALE_AFTER_MS = 3 * 86_400_000
const BROKEN = ['bad', 'error', 'revoked']

type Connection = { id: string; status: string }
export type NetWorthRows = Pick<NetWorthInput, 'accounts' | 'own' | 'assets'> & {
  connections: readonly Connection[]
}

/** `netWorth` of a user's rows; `today` is the date of the instant `at` in the user's time zone. */
export const netWorthOf = (
  { connections, ...rows }: NetWorthRows,
  { today, at }: { today: CalendarDate; at: Date }
): NetWorth =>
  netWorth({
    ...rows,
    today,
    brokenConnections: new Set(
      connections.filter(({ status }) => BROKEN.includes(status)).map(({ id }) => id)
    ),
    freshSince: new Date(at.getTime() - STALE_AFTER_MS).toISOString()
  })

/**
 * Sums balances. Each account counts once, positive as asset and negative as debt, so net is
 * always assets minus debts.
 */
export function netWorth(input: NetWorthInput): NetWorth {
  const { accounts, own, assets, today } = input
  const leftOut: ExcludedAccount[] = []
  const holdings: Holding[] = ownAccountHolding(own)
  for (const account of accounts) {
    const { id: accountId, name, institutionName } = account
    const type = holdingType(account.type)
    const value = netValue(account)
    if (type && value)
      holdings.push({
        ...NOT_AN_ASSET,
        accountId,
        name,
        institutionName,
        type,
        ...value,
        balancesAt: account.balancesAt,
        stale: isStale(account, input)
      })
    else
      leftOut.push({
        accountId,
        name,
        institutionName,
        reason: type ? 'no_balance' : 'unknown_type'
      })
  }
  for (const asset of assets) holdings.push(...assetHolding(asset, today))
  const currencies = [...new Set(holdings.map(({ currency }) => currency))].map((currency) =>
    currencyNetWorth(currency, holdings)
  )
  return {
    currencies,
    asOf: oldest(holdings),
    stale: holdings.filter(({ stale }) => stale),
    leftOut
  }
}

const NOT_AN_ASSET = { assetId: null, valuedOn: null }
const oldest = (holdings: readonly Holding[]): string | null =>
  holdings.flatMap(({ balancesAt }) => balancesAt ?? []).toSorted()[0] ?? null

const isStale = (
  { connectionId, balancesAt }: NetWorthInput['accounts'][number],
  { brokenConnections, freshSince }: NetWorthInput
): boolean => brokenConnections.has(connectionId) || (balancesAt ?? freshSince) < freshSince

const ownAccountHolding = (own: NetWorthInput['own']): Holding[] =>
  own?.balance
    ? [
        {
          ...NOT_AN_ASSET,
          accountId: null,
          name: own.name,
          institutionName: 'Jiko',
          type: 'own',
          ...own.balance,
          balancesAt: own.balanceAt,
          stale: false
        }
      ]
    : []

function assetHolding(asset: OwnAsset, today: CalendarDate): Holding[] {
  const minor = assetNetValue(asset, today)
  const valuedOn = asset.values.find(({ on }) => on <= today)?.on ?? null
  if (minor === null) return []
  const { id: assetId, name, currency, kind } = asset
  const type = isDebt(kind) ? 'debt' : 'property'
  return [
    {
      accountId: null,
      assetId,
      name,
      institutionName: '',
      type,
      minor,
      currency,
      balancesAt: null,
      valuedOn,
      stale: false
    }
  ]
}

/** Types whose balance is explained by postings; market prices move the others. */
export const LEDGER_BACKED: readonly HoldingType[] = ['depository', 'credit', 'loan']

/** The holding type of an account type; null if unknown. */
export function holdingType(type: string): HoldingType | null {
  if (ASSET_ACCOUNT_TYPES.includes(type)) return type === 'depository' ? 'depository' : 'investment'
  return DEBT_ACCOUNT_TYPES.includes(type) ? (type as 'credit' | 'loan') : null
}

const ORDER: HoldingType[] = [
  'own',
  'depository',
  'investment',
  'property',
  'credit',
  'loan',
  'debt'
]

function currencyNetWorth(currency: string, all: readonly Holding[]): CurrencyNetWorth {
  const holdings = all.filter((holding) => holding.currency === currency)
  const sum = (list: readonly Holding[]) => list.reduce((total, { minor }) => total + minor, 0n)
  const groups = ORDER.map((type) => {
    const members = holdings.filter((holding) => holding.type === type)
    return { type, minor: sum(members), holdings: members }
  }).filter((group) => group.holdings.length > 0)
  return {
    currency,
    assets: sum(holdings.filter(({ minor }) => minor > 0n)),
    debts: -sum(holdings.filter(({ minor }) => minor < 0n)),
    net: sum(holdings),
    groups,
    asOf: oldest(holdings)
  }
}

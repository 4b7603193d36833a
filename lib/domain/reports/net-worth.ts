/** What a person owns minus what they owe, currency by currency: nothing is converted, nothing is guessed. */
import { type LinkedAccount, netValue } from '@/lib/domain/connections/linked-account'
import type { CalendarDate } from '@/lib/domain/dates'
import { assetNetValue, isDebt, type OwnAsset } from '@/lib/domain/reports/own-assets'

/** The kinds of accounts whose balance is known to be owned or owed; others are named and left out. */
const ASSET_ACCOUNT_TYPES = ['depository', 'investment', 'brokerage']
const DEBT_ACCOUNT_TYPES = ['credit', 'loan']

/** own: the person's account with us · property, debt: what they told us of themselves. */
export type HoldingType =
  | 'own'
  | 'depository'
  | 'investment'
  | 'property'
  | 'credit'
  | 'loan'
  | 'debt'

export type Holding = {
  /** Our id; null for the person's own account with us, which has no list of linked transactions, and for what they told of themselves. */
  accountId: string | null
  /** What they told of themselves has an id of its own, and the day it was valued on. */
  assetId: string | null
  valuedOn: CalendarDate | null
  name: string
  institutionName: string
  type: HoldingType
  /** Owed is below zero, an overpaid card above. */
  minor: bigint
  currency: string
  balancesAt: string | null
  stale: boolean
}

export type HoldingGroup = { type: HoldingType; minor: bigint; holdings: Holding[] }
/** `asOf`: the oldest balance that is counted, because a total is only as fresh as its oldest part. */
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
  /** The oldest balance in any currency. */
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
  /** Connections whose data no longer arrives. */
  brokenConnections: ReadonlySet<string>
  /** Balances from before this instant are old. */
  freshSince: string
}

/** Adds up balances. Each account counts once: above zero as owned, below as owed, so that net is always the one minus the other. */
export function netWorth({
  accounts,
  own,
  assets,
  today,
  brokenConnections: troubled,
  freshSince
}: NetWorthInput): NetWorth {
  const leftOut: ExcludedAccount[] = []
  const holdings: Holding[] = []
  if (own?.balance)
    holdings.push({
      ...NOT_AN_ASSET,
      accountId: null,
      name: own.name,
      institutionName: 'Jiko',
      type: 'own',
      ...own.balance,
      balancesAt: own.balanceAt,
      stale: false
    })
  for (const account of accounts) {
    const { id: accountId, name, institutionName, balancesAt } = account
    const type = holdingType(account.type)
    const value = netValue(account)
    if (!type || !value)
      leftOut.push({
        accountId,
        name,
        institutionName,
        reason: type ? 'no_balance' : 'unknown_type'
      })
    else {
      const stale =
        troubled.has(account.connectionId) || (balancesAt !== null && balancesAt < freshSince)
      holdings.push({
        ...NOT_AN_ASSET,
        accountId,
        name,
        institutionName,
        type,
        ...value,
        balancesAt,
        stale
      })
    }
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

/** Where what is booked explains the balance; prices move the others. */
export const LEDGER_BACKED: readonly HoldingType[] = ['depository', 'credit', 'loan']

/** What a bank's word for an account makes of it; null where it is not known to be owned or owed. */
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

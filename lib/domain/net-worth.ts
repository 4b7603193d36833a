/** What a person owns minus what they owe, currency by currency: nothing is converted, nothing is guessed. */
import { type LinkedAccount, worth } from './account'

/** The kinds of accounts whose balance is known to be owned or owed; others are named and left out. */
const OWNED = ['depository', 'investment', 'brokerage']
const OWED = ['credit', 'loan']

/** own: the person's account with us. */
export type WorthType = 'own' | 'depository' | 'investment' | 'credit' | 'loan'

export type Holding = {
  /** Our id; null for the person's own account with us, which has no list of linked transactions. */
  accountId: string | null
  name: string
  institutionName: string
  type: WorthType
  /** Owed is below zero, an overpaid card above. */
  minor: bigint
  currency: string
  balancesAt: string | null
  stale: boolean
}

export type WorthGroup = { type: WorthType; minor: bigint; holdings: Holding[] }
export type Worth = { currency: string; assets: bigint; debts: bigint; net: bigint; groups: WorthGroup[] }
export type LeftOut = { accountId: string; name: string; institutionName: string; reason: 'no_balance' | 'unknown_type' }

export type NetWorth = {
  currencies: Worth[]
  /** The oldest balance that is counted: a total is only as fresh as its oldest part. */
  asOf: string | null
  stale: Holding[]
  leftOut: LeftOut[]
}

export type WorthInput = {
  accounts: readonly (Pick<LinkedAccount, 'id' | 'connectionId' | 'name' | 'type' | 'current' | 'balancesAt'> & { institutionName: string })[]
  own: { name: string; balance: LinkedAccount['current']; balanceAt: string | null } | null
  /** Connections whose data no longer arrives. */
  troubled: ReadonlySet<string>
  /** Balances from before this instant are old. */
  freshSince: string
}

/** Adds up balances. Each account counts once: above zero as owned, below as owed, so that net is always the one minus the other. */
export function netWorth({ accounts, own, troubled, freshSince }: WorthInput): NetWorth {
  const leftOut: LeftOut[] = []
  const holdings: Holding[] = []
  if (own?.balance)
    holdings.push({ accountId: null, name: own.name, institutionName: 'Jiko', type: 'own', ...own.balance, balancesAt: own.balanceAt, stale: false })
  for (const account of accounts) {
    const { id: accountId, name, institutionName, balancesAt } = account
    const type = typeOf(account.type)
    const value = worth(account)
    if (!type || !value) leftOut.push({ accountId, name, institutionName, reason: type ? 'no_balance' : 'unknown_type' })
    else {
      const stale = troubled.has(account.connectionId) || (balancesAt !== null && balancesAt < freshSince)
      holdings.push({ accountId, name, institutionName, type, ...value, balancesAt, stale })
    }
  }
  const currencies = [...new Set(holdings.map(({ currency }) => currency))].map((currency) => worthOf(currency, holdings))
  const asOf = holdings.flatMap(({ balancesAt }) => balancesAt ?? []).toSorted()[0] ?? null
  return { currencies, asOf, stale: holdings.filter(({ stale }) => stale), leftOut }
}

function typeOf(type: string): WorthType | null {
  if (OWNED.includes(type)) return type === 'depository' ? 'depository' : 'investment'
  return OWED.includes(type) ? (type as 'credit' | 'loan') : null
}

const ORDER: WorthType[] = ['own', 'depository', 'investment', 'credit', 'loan']

function worthOf(currency: string, all: readonly Holding[]): Worth {
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
    groups
  }
}

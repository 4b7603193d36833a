/**
 * The portfolio of a generated investment account. Deposits buy funds, and the market postings of
 * the account move their prices, so the holdings always add up to the balance.
 */
import { FUNDS, type Fund } from '@/sandbox/plaid/investments/securities'
import { type BankAccount, type Posting, round } from '@/sandbox/plaid/logins/bank-data'

const FIRST_PRICE = 100
const CENTS = 2
const UNITS = 6

export type Position = { fund: Fund; quantity: number; price: number; value: number; cost: number }
export type Trade = {
  key: string
  day: number
  kind: 'deposit' | 'buy'
  fund: Fund | null
  amount: number
  quantity: number
  price: number
}
export type Portfolio = { positions: Position[]; trades: Trade[] }

/**
 * @param postings of this account, also those that Plaid does not list as transactions
 * @param value the account's balance, which the positions add up to; none without one
 */
export function portfolioOf(
  account: BankAccount,
  postings: Posting[],
  through: number,
  value: number | null
): Portfolio {
  if (!value || value <= 0) return { positions: [], trades: [] }
  let total = account.fixed ? value : account.opening
  let units = total / FIRST_PRICE
  let cost = total
  const trades: Trade[] = []
  const known = account.fixed ? [] : postings.filter(({ posted }) => posted <= through)
  for (const posting of known.sort((a, b) => a.posted - b.posted)) {
    const price = total / units
    total = round(total - posting.amount)
    if (!isDeposit(posting)) continue
    units += -posting.amount / price
    cost -= posting.amount
    trades.push(...tradesOf(posting, price))
  }
  return { positions: positionsOf(units, value, cost), trades }
}

const isDeposit = (posting: Posting) => posting.name.startsWith('TRANSFER FROM')

/** The part of each fund in cents; the last one takes the remainder. */
function split(total: number): { fund: Fund; part: number }[] {
  let rest = total
  return FUNDS.map((fund, i) => {
    const part = i === FUNDS.length - 1 ? round(rest) : round(total * fund.share, CENTS)
    rest -= part
    return { fund, part }
  })
}

/** A deposit is cash that comes in (negative, Plaid's sign) and is spent on the same day. */
function tradesOf({ key, posted: day, amount }: Posting, price: number): Trade[] {
  const deposit = { key, day, kind: 'deposit' as const, fund: null, amount, quantity: 0, price: 0 }
  const buys = split(-amount).map(({ fund, part }) => ({
    key: `${key}.${fund.key}`,
    day,
    kind: 'buy' as const,
    fund,
    amount: part,
    quantity: round(part / price, UNITS),
    price: round(price, UNITS)
  }))
  return [deposit, ...buys]
}

function positionsOf(units: number, value: number, cost: number): Position[] {
  const costs = split(round(cost, CENTS))
  return split(value).map(({ fund, part }, i) => {
    const quantity = round(units * fund.share, UNITS)
    return {
      fund,
      quantity,
      price: round(part / quantity, UNITS),
      value: part,
      cost: costs[i]?.part ?? 0
    }
  })
}

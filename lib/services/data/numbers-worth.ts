import 'server-only'
import type { Person } from '../../domain/actor'
import { type NetWorth, netWorth } from '../../domain/net-worth'
import { now } from '../../platform/clock'
import { listAccounts } from './accounts'
import { findBankAccount } from './bank-accounts'
import { listConnections } from './connection-views'

/** Banks are asked several times a day; a balance older than this is worth saying so. */
const FRESH_MS = 3 * 86_400_000

/** What the person owns and owes now. */
export async function getNetWorth(person: Person): Promise<NetWorth> {
  const [accounts, connections, own] = await Promise.all([listAccounts(person), listConnections(person), findBankAccount(person)])
  const troubled = new Set(connections.filter(({ status }) => status === 'bad' || status === 'error' || status === 'revoked').map(({ id }) => id))
  return netWorth({ accounts, own, troubled, freshSince: new Date(now().getTime() - FRESH_MS).toISOString() })
}

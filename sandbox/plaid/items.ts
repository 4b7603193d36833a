/** Items: created, found by token, serialized, with balances that follow their transactions. */
import { createHash } from 'node:crypto'
import { errorBody, PlaidApiError, statusOf } from '@/sandbox/plaid/errors'
import { getInstitution, outageOf } from '@/sandbox/plaid/institutions'
import { type BankAccount, balanceAt, isDebt, round } from '@/sandbox/plaid/logins/bank-data'
import { dayOf } from '@/sandbox/plaid/logins/calendar'
import type { CustomDocument } from '@/sandbox/plaid/logins/custom-user'
import { LONGEST_HISTORY } from '@/sandbox/plaid/logins/generated-data'
import type { ItemRecord, Plaid, Verification } from '@/sandbox/plaid/records'
import { generatedDataFor, idFor, openEventLog } from '@/sandbox/plaid/transactions/event-log'

type NewItem = {
  id: string
  clientId: string
  verification?: Verification | null
  clientUserId: string
  institutionId: string
  username: string
  custom: CustomDocument | null
  accountKeys: string[]
  products: string[]
  consented?: string[]
  webhook: string | null
  daysRequested: number
}

const DAY = 86_400_000
const hash = (token: string) => createHash('sha256').update(token).digest('hex')

export const today = (plaid: Plaid) => dayOf(plaid.sandbox.clock.now())

/**
 * Stores a new Item. It has no access token and collects no data until its public token is
 * exchanged.
 */
export function createItem(
  plaid: Plaid,
  { accountKeys, verification = null, ...made }: NewItem
): ItemRecord {
  const day = today(plaid)
  return plaid.items.put({
    ...made,
    tokenHash: null,
    accounts: accountKeys.map((key) => ({ key, id: accountIdFor(made.id, key, 0) })),
    daysRequested: Math.min(made.daysRequested, LONGEST_HISTORY),
    createdAt: plaid.sandbox.clock.now().toISOString(),
    linkedOn: day,
    through: day,
    startedAt: null,
    synced: false,
    error: null,
    consentExpiresAt: null,
    removed: false,
    updatedAt: null,
    failedAt: null,
    lastWebhook: null,
    verification,
    wrongCodes: 0,
    generation: 0
  })
}

export const accountIdFor = (itemId: string, key: string, generation: number) =>
  idFor(itemId, `account.${key}.${generation}`)

/** Gives the Item a new access token; the old one stops working. */
export function issueAccessToken(plaid: Plaid, item: ItemRecord): string {
  const token = `access-sandbox-${plaid.sandbox.ids.uuid('access-token')}`
  plaid.items.put({ ...item, tokenHash: hash(token) })
  return token
}

/** The Item of an access token, also a removed one. */
export function findItem(plaid: Plaid, token: string): ItemRecord | undefined {
  const wanted = hash(token)
  return plaid.items.find((candidate) => candidate.tokenHash === wanted)
}

/** @throws PlaidApiError INVALID_ACCESS_TOKEN, or ITEM_NOT_FOUND for a removed Item. */
export function requireItem(plaid: Plaid, token: string): ItemRecord {
  if (!token.startsWith('access-sandbox-'))
    throw new PlaidApiError(
      'INVALID_ACCESS_TOKEN',
      'provided access token is in an invalid format. expected format: access-<environment>-<identifier>'
    )
  const item = findItem(plaid, token)
  if (!item) throw new PlaidApiError('INVALID_ACCESS_TOKEN')
  if (item.removed) throw new PlaidApiError('ITEM_NOT_FOUND')
  return item
}

/**
 * Like `requireItem`, for calls that reach the institution: an Item in error, or an institution
 * outage, refuses them.
 */
export function requireHealthyItem(plaid: Plaid, token: string): ItemRecord {
  const item = requireItem(plaid, token)
  if (item.error) throw new PlaidApiError(item.error)
  const institution = getInstitution(item.institutionId)
  const outage = institution && outageOf(institution)
  if (outage) throw new PlaidApiError(outage)
  return item
}

/** The Item's accounts with current balances, in Plaid's shape; `ids` selects some. */
export function toWireAccounts(plaid: Plaid, item: ItemRecord, ids?: string[]) {
  const unknown = ids?.find((id) => !item.accounts.some((account) => account.id === id))
  if (unknown)
    throw new PlaidApiError(
      'INVALID_ACCOUNT_ID',
      `could not find the account_id ${unknown} on this Item`
    )
  // Without transactions nothing else advances the Item's day.
  const day = item.startedAt ? item.through : today(plaid)
  const data = generatedDataFor(plaid, item, day)
  return item.accounts.flatMap(({ key, id }) => {
    const account = data.accounts.find((candidate) => candidate.key === key)
    if (!account || (ids && !ids.includes(id))) return []
    return [
      {
        account_id: id,
        balances: balancesOf(plaid, item, id, account, balanceAt(account, data.postings, day)),
        mask: account.mask,
        name: account.name,
        official_name: account.officialName,
        type: account.type,
        subtype: account.subtype,
        ...persistentId(plaid, item, key),
        ...(item.verification ? { verification_status: verificationOf(plaid, item) } : {}),
        holder_category: account.type === 'depository' ? 'personal' : null
      }
    ]
  })
}

/** Automated micro-deposits arrive within a day. */
export function verificationOf(plaid: Plaid, item: ItemRecord): Verification | null {
  const arrived = Date.parse(item.createdAt) + DAY <= plaid.sandbox.clock.now().getTime()
  return item.verification === 'pending_automatic_verification' && arrived
    ? 'automatically_verified'
    : item.verification
}

/**
 * Some institutions keep an account's persistent id on every link once Auth is used: a strong sign
 * of a duplicate. Here the OAuth banks do.
 */
function persistentId(plaid: Plaid, item: ItemRecord, key: string) {
  if (!getInstitution(item.institutionId)?.oauth || !item.products.includes('auth')) return {}
  return {
    persistent_account_id: idFor(
      'persistent',
      plaid.options.seed ?? 'pangea',
      item.institutionId,
      item.clientUserId,
      key
    )
  }
}

function balancesOf(
  plaid: Plaid,
  item: ItemRecord,
  id: string,
  account: BankAccount,
  generated: number
) {
  const log = openEventLog(plaid, item)
  const debt = isDebt(account.type)
  const drift = log.balanceAdjustments.get(id) ?? 0
  const current = account.fixed
    ? account.fixed.current
    : round(debt ? generated + drift : generated - drift)
  const waiting = [...log.rows.values()].reduce(
    (sum, row) => (row.pending && row.account === id ? sum + row.amount : sum),
    0
  )
  return {
    available: account.fixed
      ? account.fixed.available
      : availableOf(account, current ?? 0, waiting),
    current,
    limit: account.limit,
    iso_currency_code: account.currency,
    unofficial_currency_code: account.unofficialCurrency
  }
}

function availableOf(account: BankAccount, current: number, waiting: number): number | null {
  if (account.type === 'depository') return round(current - waiting)
  return account.type === 'credit' && account.limit !== null
    ? round(account.limit - current - waiting)
    : null
}

/** Plaid's Item object. */
export function toWireItem(item: ItemRecord) {
  const institution = getInstitution(item.institutionId)
  const consented = [...new Set([...item.products, ...(item.consented ?? [])])]
  const available = (institution?.products ?? []).filter(
    (product) => !item.products.includes(product) && product !== 'balance'
  )
  return {
    item_id: item.id,
    institution_id: item.institutionId,
    institution_name: institution?.name ?? null,
    webhook: item.webhook,
    auth_method: null,
    error: item.error
      ? { ...errorBody(item.error), status: statusOf(item.error), request_id: '' }
      : null,
    available_products: [...available, 'balance'],
    billed_products: item.products,
    products: item.products,
    consented_products: consented,
    consent_expiration_time: item.consentExpiresAt,
    update_type: 'background'
  }
}

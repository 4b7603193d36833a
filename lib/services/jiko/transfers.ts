/**
 * Counterparties and transfers (contracts: Jiko §4). Every assumption about that section is in
 * this file.
 */
import 'server-only'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Money } from '@/lib/domain/money/money'
import type { Direction } from '@/lib/domain/transfers/settlement'
import type { TransferState } from '@/lib/domain/transfers/transfer'
import { callJiko, type LeasedCall } from '@/lib/services/jiko/client'
import {
  EmptyResponse,
  JikoCounterparty,
  JikoLinkToken,
  JikoTransfer,
  paginated
} from '@/lib/services/jiko/wire'

type CallContext = { userId?: string | undefined }

export type BankCounterparty = {
  jikoCounterpartyId: string
  institutionName: string | null
  mask: string | null
  accountType: string | null
  /** Jiko's status texts. */
  status: string
  verification: string | null
}

/** A transfer as Jiko reports it. */
export type BankTransfer = {
  jikoTransferId: string
  jikoCounterpartyId: string
  direction: Direction
  amount: Money
  state: TransferState
  /** Jiko's status text, and whether we know it. */
  status: string
  isKnownStatus: boolean
  returnCode: string | null
  /** Our id, sent as reference; empty if Jiko does not keep it. */
  reference: string | null
  createdAt: string
}

/**
 * Jiko's examples contradict each other; these follow ACH terms. Verify in Jiko's sandbox before
 * moving real money.
 */
const DIRECTIONS = { in: 'DEBIT', out: 'CREDIT' } as const

const STATES: Record<string, TransferState> = {
  PENDING: 'submitted',
  APPROVED: 'submitted',
  IN_TRANSIT: 'on_its_way',
  PROCESSED: 'settled',
  REJECTED: 'rejected',
  CANCELLED: 'canceled',
  FAILED: 'returned'
}

const toCounterparty = ({ id, ach }: JikoCounterparty): BankCounterparty => ({
  jikoCounterpartyId: id,
  institutionName: ach.institution_name,
  mask: ach.plaid?.mask ?? null,
  accountType: ach.account_type,
  status: ach.status,
  verification: ach.plaid?.verification_status ?? null
})

/** Jiko does not publish the status of a return, so any status with a return code is one. */
const toState = (status: string, returnCode: string | null): TransferState => {
  const state = STATES[status] ?? 'submitted'
  return state === 'rejected' && returnCode ? 'returned' : state
}

const toBankTransfer = (wire: JikoTransfer): BankTransfer => ({
  jikoTransferId: wire.id,
  jikoCounterpartyId: wire.counterparty_id,
  direction: wire.direction === DIRECTIONS.in ? 'in' : 'out',
  amount: { minor: BigInt(wire.amount.value), currency: wire.amount.currency },
  state: toState(wire.status, wire.return_code),
  status: wire.status,
  isKnownStatus: wire.status in STATES,
  returnCode: wire.return_code,
  reference: wire.payment_related_information[0] ?? null,
  createdAt: wire.time_created
})

/**
 * A Link token of Jiko's own Plaid client; `jikoCounterpartyId` reopens Link for an account that
 * waits for a code. @throws IntegrationError.
 */
export async function createFundingLink(
  request: {
    customerId: string
    clientName: string
    jikoCounterpartyId?: string | undefined
  } & CallContext
): Promise<{ linkToken: string; expiresAt: string }> {
  const { customerId, clientName, jikoCounterpartyId, userId } = request
  const body = JSON.stringify({
    client_name: clientName,
    ...(jikoCounterpartyId ? { counterparty_id: jikoCounterpartyId } : {})
  })
  const route = '/api/v1/customers/{customer_id}/counterparties/plaid/link-token/'
  const { link_token, expiration } = await callJiko(
    { method: 'POST', route, ids: [customerId], body, userId },
    JikoLinkToken
  )
  return { linkToken: link_token, expiresAt: expiration }
}

export type FundingLinkResult = {
  publicToken: string
  institutionId: string | null
  accounts: { id: string; name: string; mask: string | null }[]
}

/**
 * Hands the result of Jiko's Link session to Jiko. The public token determines the key, so a
 * repeat is the same request.
 * @throws IntegrationError: PRECONDITION_FAILED or REFUSED if Jiko cannot use it, KEY_USED if it
 * only reports that it saw it.
 */
export async function createCounterparties(
  request: { customerId: string; linked: FundingLinkResult } & CallContext
): Promise<BankCounterparty[]> {
  const { customerId, linked, userId } = request
  const body = JSON.stringify({
    public_token: linked.publicToken,
    accounts: linked.accounts,
    ...(linked.institutionId ? { institution_id: linked.institutionId } : {})
  })
  const route = '/api/v1/customers/{customer_id}/counterparties/plaid/'
  const wire = z.object({ items: z.array(JikoCounterparty) })
  const { items } = await callJiko(
    {
      method: 'POST',
      route,
      ids: [customerId],
      body,
      idempotencyKey: deterministicUuid(linked.publicToken),
      userId
    },
    wire
  )
  return items.map(toCounterparty)
}

/** A UUID derived from a text. */
const deterministicUuid = (text: string): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5')

/** The verification state of a counterparty. @throws IntegrationError NOT_FOUND. */
export async function getCounterparty(
  request: { customerId: string; jikoCounterpartyId: string } & CallContext
): Promise<BankCounterparty> {
  const { customerId, jikoCounterpartyId, userId } = request
  const route = '/api/v1/customers/{customer_id}/counterparties/{counterparty_id}/'
  return toCounterparty(
    await callJiko(
      { method: 'GET', route, ids: [customerId, jikoCounterpartyId], userId },
      JikoCounterparty
    )
  )
}

/**
 * Tells Jiko that the user entered the code in Link. @throws IntegrationError PRECONDITION_FAILED
 * if the verification has ended.
 */
export async function verifyCounterparty(
  request: { customerId: string; jikoCounterpartyId: string } & CallContext
): Promise<void> {
  const { customerId, jikoCounterpartyId, userId } = request
  const route = '/api/v1/customers/{customer_id}/counterparties/{counterparty_id}/plaid/verify/'
  await callJiko(
    { method: 'POST', route, ids: [customerId, jikoCounterpartyId], userId },
    EmptyResponse
  )
}

const ORIGINATIONS = '/api/v1/jiko-accounts/{account_id}/ach-originating/'

/** `id` is ours: the idempotency key and the reference that identifies the transfer later. */
export type TransferRequest = {
  id: string
  jikoPocketId: string
  jikoCounterpartyId: string
  direction: Direction
  amount: Money
}

/**
 * Requests a transfer. The same transfer is byte-identical for the hour in which Jiko keeps the
 * key.
 * @throws IntegrationError: REFUSED or PRECONDITION_FAILED if Jiko declines, KEY_USED if it only
 * reports that it saw the key.
 */
export async function createTransfer(request: TransferRequest & LeasedCall): Promise<BankTransfer> {
  const { id, jikoPocketId, jikoCounterpartyId, direction, amount, userId, beforeAttempt } = request
  const body = JSON.stringify({
    counterparty_id: jikoCounterpartyId,
    direction: DIRECTIONS[direction],
    amount_usdc: Number(amount.minor),
    sec_code: 'WEB',
    payment_related_information: [id]
  })
  return toBankTransfer(
    await callJiko(
      {
        method: 'POST',
        route: ORIGINATIONS,
        ids: [jikoPocketId],
        body,
        idempotencyKey: id,
        userId,
        beforeAttempt
      },
      JikoTransfer
    )
  )
}

/** An upper bound: thousands of transfers. */
const MAX_PAGES = 50

/** All transfers of an account. @throws IntegrationError. */
export async function listTransfers(
  jikoPocketId: string,
  { userId }: CallContext = {}
): Promise<BankTransfer[]> {
  const found: BankTransfer[] = []
  let cursor: string | null = null
  for (let page = 0; page < MAX_PAGES; page++) {
    const query: Record<string, string> = { limit: '100', ...(cursor ? { cursor } : {}) }
    const request = {
      method: 'GET',
      route: ORIGINATIONS,
      ids: [jikoPocketId],
      query,
      userId
    } as const
    const { items, next_page }: { items: JikoTransfer[]; next_page: string | null } =
      await callJiko(request, paginated(JikoTransfer))
    found.push(...items.map(toBankTransfer))
    if (!next_page) break
    cursor = next_page
  }
  return found
}

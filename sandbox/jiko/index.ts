/**
 * Emulator of Jiko's Partner API: signed and idempotent requests, signed webhooks. Undocumented
 * behaviour is a switch.
 */
import {
  createEmulator,
  type EmulatorOptions,
  listen,
  type RunningEmulator
} from '@/sandbox/core/sandbox'
import { addPockets } from '@/sandbox/jiko/account/pockets'
import { addPortals } from '@/sandbox/jiko/account/portals'
import { addTransactions } from '@/sandbox/jiko/account/transactions'
import { addLogin, authenticate } from '@/sandbox/jiko/authentication'
import { addConsole } from '@/sandbox/jiko/console'
import { errorResponse, faultResponse, JikoApiError, notFound } from '@/sandbox/jiko/errors'
import { addAgreements } from '@/sandbox/jiko/onboarding/agreements'
import { addApplications } from '@/sandbox/jiko/onboarding/applications'
import { addCustomers } from '@/sandbox/jiko/onboarding/customers'
import { applyDueDecisions } from '@/sandbox/jiko/onboarding/decisions'
import { addDocuments } from '@/sandbox/jiko/onboarding/documents'
import { addSandboxActions } from '@/sandbox/jiko/sandbox-actions'
import type { PlaidCredentials } from '@/sandbox/jiko/state'
import { type Jiko, type JikoOptions, openRecords } from '@/sandbox/jiko/state'
import { addAch } from '@/sandbox/jiko/transfers/ach'
import { settleTransfers } from '@/sandbox/jiko/transfers/ach-lifecycle'
import { addCounterparties } from '@/sandbox/jiko/transfers/counterparties'
import {
  applyListEnd,
  applyNotFoundBody,
  createSwitches
} from '@/sandbox/jiko/undocumented-switches'
import { addEvents } from '@/sandbox/jiko/webhooks/events'
import { addSubscriptions } from '@/sandbox/jiko/webhooks/subscriptions'

const DECISION_DELAY = 1_500
const POLL_INTERVAL = 100

/**
 * @param options decisionDelay milliseconds that an application check takes; 0 ends it before the
 * next read.
 */
export async function startJiko(
  options: EmulatorOptions & {
    username: string
    password: string
    sharedSecret: string
    decisionDelay?: number
    plaid?: PlaidCredentials
  }
): Promise<RunningEmulator> {
  const jiko = buildJiko(options)
  const { app } = jiko.sandbox
  app.get('/health', (c) => c.text('OK'))
  app.use('/api/*', async (_, next) => {
    settleTransfers(jiko)
    return next()
  })
  for (const silence of [applyListEnd, applyNotFoundBody]) app.use('/api/*', silence(jiko.switches))
  app.use('/api/*', authenticate(jiko))
  for (const add of [
    addLogin,
    addAgreements,
    addApplications,
    addDocuments,
    addCustomers,
    addPockets,
    addPortals,
    addTransactions,
    addSubscriptions
  ])
    add(jiko)
  for (const add of [addCounterparties, addAch]) add(jiko)
  for (const add of [addEvents, addSandboxActions, addConsole]) add(jiko)
  app.onError((error, c) => {
    if (!(error instanceof JikoApiError)) throw error
    return errorResponse(c, error, jiko.switches.get().validationShape)
  })
  app.notFound((c) => errorResponse(c, notFound(), 'list'))
  const timer = setInterval(() => advanceToNow(jiko), POLL_INTERVAL)
  timer.unref()
  const running = await listen(jiko.sandbox, options.port)
  return {
    ...running,
    close: () => {
      clearInterval(timer)
      return running.close()
    }
  }
}

/** Advances applications, pockets and transfers to the emulator's clock. */
function advanceToNow(jiko: Jiko): void {
  applyDueDecisions(jiko)
  settleTransfers(jiko)
}

function buildJiko(
  options: EmulatorOptions & Omit<JikoOptions, 'decisionDelay'> & { decisionDelay?: number }
): Jiko {
  const sandbox = createEmulator(options, {
    name: 'jiko',
    vendorError: (c, status, code) =>
      faultResponse(c, status, code, switches.get().validationShape),
    // Each subscription has its own secret, so a webhook is signed when it is queued.
    sign: () => ({}),
    ledger: () => ledgerOf(jiko)
  })
  const switches = createSwitches(sandbox.store)
  const { username, password, sharedSecret, decisionDelay = DECISION_DELAY, plaid } = options
  const records = openRecords(sandbox.store)
  const jiko: Jiko = {
    sandbox,
    switches,
    records,
    options: { username, password, sharedSecret, decisionDelay, plaid },
    now: () => sandbox.clock.now()
  }
  return jiko
}

/** The emulator's data, without personal data. */
function ledgerOf(jiko: Jiko) {
  advanceToNow(jiko)
  const {
    applications,
    customers,
    pockets,
    portals,
    transactions,
    subscriptions,
    events,
    counterparties,
    originations
  } = jiko.records
  const all = applications.all()
  return {
    applications: all.map(({ id, status, applied, customer_id, documents }) => ({
      id,
      status,
      applied,
      customerId: customer_id,
      documents: documents.map(({ type, status: state }) => ({ type, status: state }))
    })),
    applied: all.filter(({ applied }) => applied > 0).length,
    /** Applications created but never applied: left behind when a response was lost. */
    orphans: all.filter(({ applied }) => applied === 0).length,
    customers: customers.all().length,
    pockets: pockets.all().map(({ id, customer_id, status, cents }) => ({
      id,
      customerId: customer_id,
      status,
      cents
    })),
    pocketCount: pockets.all().length,
    portals: portals.all().length,
    transactions: transactions.all().length,
    counterparties: counterparties
      .all()
      .map(({ id, customer_id, status, verification_status }) => ({
        id,
        customerId: customer_id,
        status,
        verification_status
      })),
    originations: originations
      .all()
      .map(
        ({
          id,
          jiko_account_id,
          direction,
          cents,
          status,
          return_code,
          payment_related_information
        }) => ({
          id,
          pocketId: jiko_account_id,
          direction,
          cents,
          status,
          returnCode: return_code,
          reference: payment_related_information[0] ?? null
        })
      ),
    subscriptions: subscriptions
      .all()
      .map(({ id, url, status, events: kinds }) => ({ id, url, status, events: kinds })),
    events: events.all().map(({ id, event_type }) => ({ id, type: event_type }))
  }
}

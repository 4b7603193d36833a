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
import { ledgerOf } from '@/sandbox/jiko/ledger'
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
    ledger: () => {
      advanceToNow(jiko)
      return ledgerOf(jiko)
    }
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

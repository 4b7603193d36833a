/** The emulator's data for tests and the console, without personal data. */
import type { Application, Counterparty, Jiko, Origination, Pocket } from '@/sandbox/jiko/state'

/** Counts and rows for `GET /_sandbox/ledger`. */
export function ledgerOf({ records }: Jiko) {
  const applications = records.applications.all()
  return {
    applications: applications.map(describeApplication),
    applied: applications.filter(({ applied }) => applied > 0).length,
    /** Applications created but never applied: left behind when a response was lost. */
    orphans: applications.filter(({ applied }) => applied === 0).length,
    customers: records.customers.all().length,
    pockets: records.pockets.all().map(describePocket),
    pocketCount: records.pockets.all().length,
    portals: records.portals.all().length,
    transactions: records.transactions.all().length,
    counterparties: records.counterparties.all().map(describeCounterparty),
    originations: records.originations.all().map(describeOrigination),
    subscriptions: records.subscriptions
      .all()
      .map(({ id, url, status, events }) => ({ id, url, status, events })),
    events: records.events.all().map(({ id, event_type }) => ({ id, type: event_type }))
  }
}

const describeApplication = ({ id, status, applied, customer_id, documents }: Application) => ({
  id,
  status,
  applied,
  customerId: customer_id,
  documents: documents.map(({ type, status: state }) => ({ type, status: state }))
})

const describePocket = ({ id, customer_id, status, cents }: Pocket) => ({
  id,
  customerId: customer_id,
  status,
  cents
})

const describeCounterparty = (counterparty: Counterparty) => ({
  id: counterparty.id,
  customerId: counterparty.customer_id,
  status: counterparty.status,
  verification_status: counterparty.verification_status
})

const describeOrigination = (origination: Origination) => ({
  id: origination.id,
  pocketId: origination.jiko_account_id,
  direction: origination.direction,
  cents: origination.cents,
  status: origination.status,
  returnCode: origination.return_code,
  reference: origination.payment_related_information[0] ?? null
})

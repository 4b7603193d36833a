/** The figures that grow with the number of users: rows, bytes, jobs, processes and connections. */

/** Per user unless it says otherwise. Change them to what your own users do. */
export const ASSUMPTIONS = {
  banks: 3,
  transactionsPerYear: 1_000,
  /** Plaid sends up to two years when a bank is linked. */
  years: 3,
  /** Of one bank, on a day with and without news. */
  webhooksPerBankAndDay: 3,
  /** Pages and API calls. */
  readsPerDay: 5,
  /** The busiest hour compared with the mean. */
  peak: 5,
  /** Vendor calls of one sync, each of which is logged. */
  callsPerSync: 3,
  /** Retention in days (lib/services/pangea/worker/clean-up.ts). */
  days: { deliveries: 30, runs: 90, vendorEvents: 30 },
  /** With indexes. */
  bytes: { transaction: 500, delivery: 700, run: 500, vendorEvent: 450 },
  /** Of one core, in seconds: docs/operations/scaling.md, Measured. */
  seconds: { read: 0.15, webhook: 0.007, sync: 0.02 },
  /** How busy a process may be at the peak. */
  busy: 0.5,
  /** DATABASE_CONNECTIONS and WORKER_DATABASE_CONNECTIONS. */
  connectionsPerProcess: 20
}

export type Growth = {
  users: number
  transactions: number
  deliveries: number
  runs: number
  vendorEvents: number
  bytes: number
  /** At the peak, per second: each webhook is one delivery and one sync. */
  webhooks: number
  jobs: number
  reads: number
  webProcesses: number
  workers: number
  connections: number
}

const DAY_SECONDS = 86_400

/** The figures of that many users after the assumed years. */
export function grow(users: number, on: typeof ASSUMPTIONS = ASSUMPTIONS): Growth {
  const webhooksPerDay = users * on.banks * on.webhooksPerBankAndDay
  const transactions = users * on.transactionsPerYear * on.years
  const deliveries = webhooksPerDay * on.days.deliveries
  const runs = webhooksPerDay * on.days.runs
  const vendorEvents = webhooksPerDay * on.callsPerSync * on.days.vendorEvents
  const atPeak = (perDay: number) => (perDay / DAY_SECONDS) * on.peak
  const webhooks = atPeak(webhooksPerDay)
  const reads = atPeak(users * on.readsPerDay)
  const processes = (coreSeconds: number) => Math.max(1, Math.ceil(coreSeconds / on.busy))
  const webProcesses = processes(reads * on.seconds.read + webhooks * on.seconds.webhook)
  const workers = processes(webhooks * on.seconds.sync)
  return {
    users,
    transactions,
    deliveries,
    runs,
    vendorEvents,
    bytes:
      transactions * on.bytes.transaction +
      deliveries * on.bytes.delivery +
      runs * on.bytes.run +
      vendorEvents * on.bytes.vendorEvent,
    webhooks,
    jobs: webhooks * 2,
    reads,
    webProcesses,
    workers,
    connections: (webProcesses + workers) * on.connectionsPerProcess
  }
}

const USERS = [1_000, 10_000, 100_000, 1_000_000]
const HEADER = `| users | transactions | other rows | GB | webhooks/s | jobs/s | reads/s | web processes | workers | connections |
|---|---|---|---|---|---|---|---|---|---|`

const millions = (rows: number) => `${(rows / 1e6).toLocaleString('en')} M`

/** The simulation as a table, with a measured size of a transaction in bytes. */
export function growthTable(transactionBytes = ASSUMPTIONS.bytes.transaction): string {
  const bytes = { ...ASSUMPTIONS.bytes, transaction: transactionBytes }
  const rows = USERS.map((users) => {
    const growth = grow(users, { ...ASSUMPTIONS, bytes })
    const { transactions, deliveries, runs, vendorEvents, webProcesses, workers } = growth
    const cells = [
      users.toLocaleString('en'),
      millions(transactions),
      millions(deliveries + runs + vendorEvents),
      (growth.bytes / 1e9).toFixed(0),
      growth.webhooks.toFixed(1),
      growth.jobs.toFixed(1),
      growth.reads.toFixed(1),
      webProcesses,
      workers,
      growth.connections
    ]
    return `| ${cells.join(' | ')} |`
  })
  return [HEADER, ...rows].join('\n')
}

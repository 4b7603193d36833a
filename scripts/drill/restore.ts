/**
 * Dumps the database, lets an hour pass with a transfer, a deletion, a new bank and transactions,
 * restores the dump, and compares with the vendors. In one process, with the emulators.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { advanceClock } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import { controlItem, linkBankThroughLink } from '@/tests/support/connections'
import { fundedUser, makeTransfer } from '@/tests/support/funding'
import { captureLogs, columnsContaining } from '@/tests/support/leaks'
import { deletionHelpers } from '@/tests/support/steps/deletions'
import { openWorld, type World } from '@/tests/support/world'

export type Check = { what: string; passed: boolean }

const HOUR_MS = 3_600_000
const TRANSFER_MINOR = 12_300n

/** Needs pg_dump, psql and a Postgres server as test storage. @returns what was checked. */
export async function drillRestore(): Promise<Check[]> {
  const logged = captureLogs()
  const folder = mkdtempSync(join(tmpdir(), 'pangea-drill-'))
  const world = await openWorld()
  try {
    return await runDrill(world, join(folder, 'dump.sql'), logged)
  } finally {
    await world.close()
    rmSync(folder, { recursive: true })
  }
}

type Users = {
  stays: Awaited<ReturnType<typeof fundedUser>>
  leaves: Awaited<ReturnType<ReturnType<typeof deletionHelpers>['settled']>>
  itemId: string
}

/** The changes after the dump: a transfer, a deletion, a bank and transactions. */
async function letAnHourPass(world: World, { stays, leaves, itemId }: Users) {
  advanceClock(HOUR_MS)
  const transfer = await makeTransfer(stays, 'in', TRANSFER_MINOR)
  await PangeaService.deleteMyData(leaves.user)
  const later = await linkBankThroughLink(world, stays.user, { institutionId: 'ins_109511' })
  await controlItem(world, itemId, 'transactions')
  const traces = [leaves.user.userId, leaves.itemId, leaves.pocket, leaves.customer]
  return { transferId: transfer.id, newItemId: later.itemId, traces }
}

const storedTransactions = (world: World, connectionId: string) =>
  world.storage.rows(
    'select plaid_transaction_id from transactions where connection_id = $1 order by 1',
    [connectionId]
  )

async function runDrill(world: World, file: string, logged: () => string): Promise<Check[]> {
  await PangeaService.updateWebhookUrls()
  const stays = await fundedUser(world, { cents: 100_000 })
  const bank = await linkBankThroughLink(world, stays.user)
  const leaves = await deletionHelpers(() => world).settled()
  await world.settle()
  const url = world.storage.databaseUrl
  execFileSync('pg_dump', ['--clean', '--if-exists', '--file', file, url])

  const hour = await letAnHourPass(world, { stays, leaves, itemId: bank.itemId })
  const transactionsOf = () => storedTransactions(world, bank.connectionId)
  const before = await transactionsOf()
  const hasTraces = async () => (await columnsContaining(world.storage, hour.traces)).length > 0
  const erased = !(await hasTraces())

  execFileSync('psql', ['-q', '-v', 'ON_ERROR_STOP=1', '-f', file, url], { stdio: 'pipe' })
  const { items } = await DataService.listTransfers(stays.user, { limit: 10 })
  const gone = !items.some(({ id }) => id === hour.transferId)
  const returned = await hasTraces()
  const behind = (await transactionsOf()).length < before.length

  const report = await PangeaService.reconcileAfterRestore()
  await world.settle()
  await controlItem(world, hour.newItemId, 'fire/SYNC_UPDATES_AVAILABLE')
  const again = await PangeaService.reconcileAfterRestore()
  const restored = await DataService.getTransfer(stays.user, hour.transferId)
  return [
    { what: 'The dump is an hour old: it lacks the transfer.', passed: gone },
    { what: 'It has the user who was deleted since.', passed: erased && returned },
    { what: 'It lacks the newest transactions.', passed: behind },
    {
      what: 'The transfer that only Jiko had is stored again, under its id.',
      passed: report.transfers.restored === 1 && restored.amount.minor === TRANSFER_MINOR
    },
    {
      what: 'The deleted user is deleted again, and leaves no trace.',
      passed: report.deletions === 1 && !(await hasTraces())
    },
    {
      what: 'Transactions catch up from the older cursor.',
      passed: isDeepEqual(await transactionsOf(), before)
    },
    {
      what: 'The bank that was linked since is reported when its webhook arrives.',
      passed: logged().includes('connection.unknown_item') && logged().includes(hour.newItemId)
    },
    {
      what: 'A second comparison changes nothing.',
      passed: again.transfers.restored === 0 && again.deletions === 0 && !again.failed.length
    }
  ]
}

const isDeepEqual = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

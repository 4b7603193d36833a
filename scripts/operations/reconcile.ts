/**
 * `npm run reconcile -- after-restore`: compares a database that was restored from a dump with
 * Clerk, Jiko and Plaid. `--deleted=USER_ID`, any number of times, names users whose deletion was
 * requested after the dump. `--max-deletions=N` allows that Clerk has lost so many users.
 */
import { parseArgs } from 'node:util'
import { builtSettings } from '@/scripts/deployment/public-settings'
import { readEnvironment } from '@/scripts/stack/env-files'
import { exitWithError, UserError } from '@/scripts/stack/steps'

Object.assign(process.env, builtSettings(), readEnvironment(process.cwd()))
const { values: options, positionals } = parseArgs({
  options: {
    deleted: { type: 'string', multiple: true },
    'max-deletions': { type: 'string' }
  },
  allowPositionals: true
})
const { PangeaService } = await import('@/lib/services')

try {
  if (positionals[0] !== 'after-restore')
    throw new UserError('Say what to compare: npm run reconcile -- after-restore')
  const most = options['max-deletions']
  if (most !== undefined && !/^\d+$/.test(most))
    throw new UserError('--max-deletions must be a whole number.')
  const { users, deletions, heldBack, transfers, syncs, failed } =
    await PangeaService.reconcileAfterRestore({
      deleted: options.deleted,
      maxDeletions: most === undefined ? undefined : Number(most)
    })
  console.log(`· ${users} users compared with Clerk and Jiko`)
  console.log(`✓ ${deletions} deletions requested again, ${syncs} syncs queued; workers run them`)
  console.log(`✓ ${transfers.restored} transfers stored that only Jiko had`)
  for (const { userId, jikoTransferId } of transfers.unknown)
    console.log(`! ${userId}: transfer ${jikoTransferId} is with a bank linked after the dump`)
  for (const { userId, code } of failed) console.log(`✗ ${userId}: ${code}`)
  if (heldBack)
    throw new UserError(
      `Clerk does not know ${heldBack} of ${users} users, so none of them was deleted. Check that CLERK_SECRET_KEY is of the instance that these users are in. If they were really deleted, run this again with --max-deletions=${heldBack}.`
    )
  if (failed.length)
    throw new UserError(`${failed.length} users could not be compared. Run this again.`)
  process.exit(0)
} catch (error) {
  exitWithError(error)
}

/**
 * npm run fidelity -- FOLDER: replays recorded answers of Plaid and Clerk against the emulators and
 * prints what differs. With PLAID_CLIENT_ID and PLAID_SECRET, Plaid's own sandbox answers instead.
 */
import { replayClerkFolder, replayPlaidFolder } from '@/scripts/fidelity/replay'
import { type Call, differencesOf, type Skipped, scoreOf, tableOf } from '@/scripts/fidelity/score'

function print(title: string, { calls, skipped }: { calls: Call[]; skipped: Skipped[] }): void {
  console.log(`\n## ${title}: ${scoreOf(calls).toFixed(1)} % of ${calls.length} calls\n`)
  console.log(tableOf(calls))
  for (const line of differencesOf(calls)) console.log(`- ${line}`)
  const reasons = [...new Set(skipped.map(({ why }) => why))]
  for (const why of reasons) {
    const some = skipped.filter((one) => one.why === why)
    const endpoints = [...new Set(some.map(({ endpoint }) => endpoint))].join(', ')
    console.log(`- not compared, ${why}: ${some.length} (${endpoints})`)
  }
}

const folder = process.argv[2]
if (!folder) {
  console.error('Name the folder of the recordings: npm run fidelity -- FOLDER')
  process.exit(1)
}
print('Plaid', await replayPlaidFolder(folder))
print('Clerk', await replayClerkFolder(folder))
process.exit(0)

/** `npm run drill -- restore` or `failover`: exercises of operations on servers and data of their own. */
import { readEnvironment } from '@/scripts/stack/env-files'
import { exitWithError } from '@/scripts/stack/steps'
import { openPostgres } from '@/scripts/suites/postgres'

type Check = { what: string; passed: boolean }

const DRILLS: Record<string, () => Promise<Check[]>> = {
  restore: async () => {
    const server = await openPostgres(readEnvironment(process.cwd()))
    if (!server) {
      console.error('The drill needs Postgres: install the server, or set TEST_DATABASE_URL.')
      process.exit(1)
    }
    Object.assign(process.env, { TEST_STORAGE: 'postgres', TEST_DATABASE_URL: server.url })
    const { drillRestore } = await import('@/scripts/drill/restore')
    return drillRestore().finally(() => server.close())
  },
  failover: async () => {
    const { drillFailover } = await import('@/scripts/drill/failover')
    return drillFailover(process.cwd())
  }
}

const drill = DRILLS[process.argv[2] ?? '']
if (!drill) {
  console.error(
    `There are these drills: ${Object.keys(DRILLS).join(', ')}. For example: npm run drill -- restore`
  )
  process.exit(1)
}
const checks = await drill().catch(exitWithError)
for (const { what, passed } of checks) console.log(`${passed ? '✓' : '✗'} ${what}`)
process.exit(checks.every(({ passed }) => passed) ? 0 : 1)

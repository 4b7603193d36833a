/** `npm run drill -- restore`: an exercise of operations on servers and data of its own. */
import { readEnvironment } from '@/scripts/stack/env-files'
import { openPostgres } from '@/scripts/suites/postgres'

const [name] = process.argv.slice(2)
if (name !== 'restore') {
  console.error('There is this drill: restore. For example: npm run drill -- restore')
  process.exit(1)
}
const server = await openPostgres(readEnvironment(process.cwd()))
if (!server) {
  console.error('The drill needs Postgres: install the server, or set TEST_DATABASE_URL.')
  process.exit(1)
}
Object.assign(process.env, { TEST_STORAGE: 'postgres', TEST_DATABASE_URL: server.url })
const { drillRestore } = await import('@/scripts/drill/restore')
const checks = await drillRestore().finally(() => server.close())
for (const { what, passed } of checks) console.log(`${passed ? '✓' : '✗'} ${what}`)
process.exit(checks.every(({ passed }) => passed) ? 0 : 1)

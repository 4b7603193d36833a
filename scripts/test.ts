/**
 * `npm test`: every suite, or the ones that are named (`npm test -- unit e2e`), or single files
 * (`npm test -- tests/unit/domain/money/money.test.ts`), or some browser tests (`npm test -- e2e
 * --only=crash,csp`). `--update` writes the snapshots of the files that are named. The last line
 * counts all of them together.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Environment, readEnvironment } from '@/scripts/stack/env-files'
import { readAttackTests } from '@/scripts/suites/attacks'
import { BRAND_SUITES } from '@/scripts/suites/brand-suite'
import { BROWSER_SUITES } from '@/scripts/suites/browser-suites'
import { CHECK_SUITES } from '@/scripts/suites/check-suites'
import { DELIVERY_SUITES } from '@/scripts/suites/delivery-suite'
import { E2E_SUITES } from '@/scripts/suites/e2e-suites'
import { MUTATION_SUITES } from '@/scripts/suites/mutation-suite'
import { prepareTools } from '@/scripts/suites/prepare-tools'
import { type Counts, type Suite, type SuiteContext, stopSuites } from '@/scripts/suites/suite'
import { VITEST_SUITES } from '@/scripts/suites/vitest-suites'

const SUITES: Suite[] = [
  ...CHECK_SUITES,
  ...VITEST_SUITES,
  ...E2E_SUITES,
  ...BRAND_SUITES,
  ...BROWSER_SUITES,
  ...DELIVERY_SUITES,
  ...MUTATION_SUITES
]
/**
 * Settings of a running app that must not leak into tests. Vendor keys stay for the contract
 * suites.
 */
const IGNORED_VARIABLES = [
  'NODE_ENV',
  'SANDBOX',
  'SANDBOX_PORT',
  'PORT',
  'HOST',
  'APP_URL',
  'DATABASE_URL',
  'WORKER_DATABASE_URL',
  'MIGRATE_DATABASE_URL',
  'XATA_TRANSPORT',
  'XATA_GATEWAY_URL',
  'WORKER',
  'FORCE_COLOR',
  'NODE_OPTIONS'
]
const OUTPUT_LINES = 150
const UPDATE = ['--update', '-u']
const OPTIONS = [...UPDATE, '--security', '--long', '--visual']

const root = process.cwd()
const attacks = process.argv.includes('--security') ? readAttackTests(root) : null
const options = process.argv.slice(2).filter((arg) => arg.startsWith('-'))
const named = [
  ...process.argv.slice(2).filter((arg) => !arg.startsWith('-')),
  ...(attacks ? [...attacks.files, 'e2e'] : [])
]
const files = named.filter((arg) => arg.startsWith('tests/'))
const mutated = named.filter((arg) => arg.startsWith('lib/'))
/** A test belongs to the suite of its folder, a source file to mutation testing. */
const suiteOf = (arg: string): string =>
  arg.startsWith('lib/') ? 'mutation' : arg.includes('/') ? (arg.split('/')[1] ?? '') : arg
const names = [...new Set(named.map(suiteOf))]
const long = process.argv.includes('--long')
const visual = process.argv.includes('--visual')
const updates = options.some((option) => UPDATE.includes(option))
const only =
  attacks?.specs.join(',') ??
  process.argv.find((arg) => arg.startsWith('--only='))?.slice('--only='.length)

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    stopSuites()
    // The emulators of a browser run exit when this process is gone.
    setTimeout(() => process.exit(1), 500)
  })
}
await main()

async function main(): Promise<void> {
  const problem = findProblem()
  if (problem) {
    console.error(problem)
    process.exit(1)
  }
  const dataDir = join(root, '.data', 'test', String(process.pid))
  mkdirSync(dataDir, { recursive: true })
  const context: SuiteContext = { root, dataDir, env: environment() }
  let passed = 0
  let failed = 0
  const chosen = SUITES.filter((suite) =>
    names.length ? names.includes(suite.name) : !suite.onlyLong || long
  )
  const checks = chosen.filter(({ besideOthers }) => besideOthers)
  // The checks leave a processor for it.
  const prepared = checks.length ? prepareTools(context, chosen) : null
  const suites = chosen.filter(({ besideOthers }) => !besideOthers)
  for (const group of [checks, ...suites.map((suite) => [suite])]) {
    if (group !== checks) await prepared
    for (const counts of await Promise.all(group.map((suite) => runSuite(suite, context)))) {
      passed += counts.passed
      failed += counts.failed
    }
  }
  if (!failed) rmSync(dataDir, { recursive: true, force: true })
  else console.log(`\nWhat was printed is in ${dataDir}`)
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exit(failed ? 1 : 0)
}

/** Why these arguments cannot be run. */
function findProblem(): string | null {
  const unknown = names.filter((name) => !SUITES.some((suite) => suite.name === name))
  if (unknown.length)
    return `There is no suite ${unknown.join(', ')}. There are: ${SUITES.map(({ name }) => name).join(', ')}.`
  const unknownOptions = options.filter(
    (option) => !OPTIONS.includes(option) && !option.startsWith('--only=')
  )
  if (unknownOptions.length)
    return `There is no option ${unknownOptions.join(', ')}. There are: ${OPTIONS.join(', ')}, --only=.`
  return updates && !files.length
    ? '--update needs the test files whose snapshots it writes.'
    : null
}

function environment(): Environment {
  const env = Object.fromEntries(
    Object.entries(readEnvironment(root)).filter(([name]) => !IGNORED_VARIABLES.includes(name))
  )
  return {
    ...env,
    NEXT_TELEMETRY_DISABLED: '1',
    ...(long ? { TEST_LONG: '1' } : {}),
    ...(visual ? { E2E_VISUAL: '1' } : {}),
    ...(files.length ? { TEST_FILES: files.join(',') } : {}),
    ...(updates ? { TEST_UPDATE: '1' } : {}),
    ...(mutated.length ? { MUTATION_FILES: mutated.join(',') } : {}),
    ...(only ? { E2E_ONLY: only } : {})
  }
}

async function runSuite(
  { name, budgetSeconds, run }: Suite,
  context: SuiteContext
): Promise<Counts> {
  const began = Date.now()
  process.stdout.write(`· ${name}\n`)
  const heartbeat = setInterval(
    () => console.log(`· ${name}, ${Math.round((Date.now() - began) / 1000)} s`),
    30_000
  )
  const counts = await run(context).catch(
    (error): Counts => ({ passed: 0, failed: 1, output: String(error?.stack ?? error) })
  )
  clearInterval(heartbeat)
  const seconds = (Date.now() - began) / 1000
  if (counts.notRun && !counts.dependsOnServer && process.env.CI === 'true') counts.failed += 1
  const mark = counts.failed ? '✗' : counts.notRun ? '-' : '✓'
  const result = [
    ...(counts.passed + counts.failed || !counts.notRun
      ? [`${counts.passed} passed, ${counts.failed} failed`]
      : []),
    ...(counts.notRun ? [`not run: ${counts.notRun}`] : [])
  ].join('; ')
  if (counts.failed)
    console.log(counts.output.trimEnd().split('\n').slice(-OUTPUT_LINES).join('\n'))
  console.log(
    `${mark} ${name}: ${result} (${seconds.toFixed(1)} s of ${budgetSeconds} s${seconds > budgetSeconds ? ', over budget' : ''})`
  )
  return counts
}

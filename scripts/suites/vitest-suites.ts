/**
 * The vitest suites. All flow tests run on Postgres. Through Xata's HTTP gateway and on PGlite, only
 * the statements that depend most on the transport or the server run; `npm run test:long` runs the
 * rest too, and so does a machine without Postgres on PGlite.
 */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { VENDOR_VARIABLES } from '@/scripts/stack/vendors'
import { canOpenPostgres, openPostgres, type Postgres } from '@/scripts/suites/postgres'
import { fromVitest, runNode, type Suite, type SuiteContext } from '@/scripts/suites/suite'

/** Vitest reserves one core for its own process, which is mostly idle on two cores. */
const WORKERS = Math.max(2, availableParallelism() - 1)

type Options = {
  name: string
  projects?: string[]
  files?: string[]
  env?: NodeJS.Dict<string>
  offline?: boolean
}

/** Runs vitest projects or files as one suite. */
export async function vitest(
  context: SuiteContext,
  { name, projects = [name], files = [], env = {}, offline = true }: Options
) {
  const report = join(context.dataDir, `${name}.json`)
  const bin = join(context.root, 'node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const chosen = context.env.TEST_FILES?.split(',') ?? files
  const args = [
    bin,
    'run',
    ...chosen,
    ...projects.flatMap((project) => ['--project', project]),
    `--maxWorkers=${WORKERS}`,
    ...(context.env.TEST_UPDATE ? ['--update'] : []),
    ...reporters
  ]
  const preload = pathToFileURL(join(context.root, 'scripts', 'loopback-only.mjs')).href
  return fromVitest(
    report,
    await runNode(context, name, args, {
      ...env,
      NODE_ENV: 'test',
      ...(offline ? { NODE_OPTIONS: `--import=${preload}` } : {})
    })
  )
}

const onServer = ({ url, lasting }: Postgres) => ({
  TEST_STORAGE: 'postgres',
  TEST_DATABASE_URL: url,
  ...(lasting ? {} : { TEST_DATABASE_TEMPORARY: '1' })
})

async function onPostgres(context: SuiteContext) {
  const server = await openPostgres(context.env)
  if (!server)
    return {
      passed: 0,
      failed: 0,
      notRun: 'there is no Postgres here; set TEST_DATABASE_URL or install the server',
      output: ''
    }
  try {
    return await vitest(context, {
      name: 'flow-postgres',
      projects: ['flow'],
      env: onServer(server)
    })
  } finally {
    await server.close()
  }
}

/**
 * Runs on a Postgres server where there is one, about twice as fast as on PGlite: a history has many
 * statements.
 */
async function model(context: SuiteContext) {
  const server = await openPostgres(context.env)
  const storage = server ? onServer(server) : { TEST_STORAGE: 'pglite' }
  try {
    return await vitest(context, { name: 'model', env: storage })
  } finally {
    await server?.close()
  }
}

/** With a vendor's keys in the environment, its contract suite calls the real vendor. */
const talksToVendors = ({ env }: SuiteContext) =>
  [...VENDOR_VARIABLES.clerk, ...VENDOR_VARIABLES.plaid, ...VENDOR_VARIABLES.jiko].some(
    (name) => env[name]
  )

const storageTests = (...folders: string[]) => [
  'tests/flow/xata',
  ...folders.map((folder) => `tests/flow/data/${folder}`)
]
/** Each type of column and kind of statement, and locks; all others run in `npm run test:long`. */
const ON_PGLITE = storageTests('sql', 'jobs')
/** The same, and the largest transactions. */
const OVER_HTTP = storageTests('sql', 'sync')
const ALL_STORAGE_TESTS = ['tests/flow/data', 'tests/flow/xata']

export const VITEST_SUITES: Suite[] = [
  {
    name: 'unit',
    budgetSeconds: 120,
    run: (context) =>
      vitest(context, { name: 'unit', projects: ['unit', 'unit-isolated', 'unit-brand'] })
  },
  {
    name: 'flow',
    budgetSeconds: 120,
    run: (context) =>
      vitest(context, {
        name: 'flow',
        files: canOpenPostgres(context.env) && !context.env.TEST_LONG ? ON_PGLITE : [],
        env: { TEST_STORAGE: 'pglite' }
      })
  },
  { name: 'flow-postgres', budgetSeconds: 270, run: onPostgres },
  {
    name: 'flow-http',
    budgetSeconds: 90,
    run: (context) =>
      vitest(context, {
        name: 'flow-http',
        projects: ['flow'],
        files: context.env.TEST_LONG ? ALL_STORAGE_TESTS : OVER_HTTP,
        env: { TEST_STORAGE: 'http' }
      })
  },
  { name: 'model', budgetSeconds: 120, run: model },
  {
    name: 'contract',
    budgetSeconds: 90,
    run: (context) => vitest(context, { name: 'contract', offline: !talksToVendors(context) })
  }
]

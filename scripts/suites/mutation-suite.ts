/**
 * Mutation testing with Stryker: changes the code in small ways and expects a test to fail for
 * each. `npm run test:long -- mutation` checks everything; files or folders under lib/ instead of
 * the name check only those.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, matchesGlob } from 'node:path'
import { EQUIVALENT_MUTANTS } from '@/scripts/suites/mutation/equivalent-mutants'
import {
  type MutationReport,
  type MutationScore,
  scoreMutants
} from '@/scripts/suites/mutation/report'
import { type Counts, runNode, type Suite, type SuiteContext } from '@/scripts/suites/suite'

const MIN_KILLED = 0.95
/** More than this share of mutants that could not run means that the run itself is broken. */
const MAX_NOT_RUN = 0.05
const FOLDER = 'scripts/suites/mutation'

type Group = { name: string; files: string[]; tests: string[] }
/** Every mutant runs against those of its group's tests that reach it. */
const GROUPS: readonly Group[] = [
  {
    name: 'domain',
    files: ['lib/domain/**/*.ts'],
    tests: ['tests/unit/{api,domain,text}/**/*.test.ts']
  },
  {
    name: 'webhooks',
    files: ['lib/services/{clerk,plaid,jiko}/**/*webhook*.ts'],
    tests: ['tests/unit/{clerk,plaid,jiko}/webhook*.test.ts']
  }
]

/** Stryker's options. It reads `tsconfig.json` with TypeScript's old API, which version 7 lacks. */
const optionsFor = ({ name }: Group, mutate: string[], dir: string) => ({
  mutate,
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', `./${FOLDER}/ignore-prose.mjs`],
  ignorers: ['prose'],
  vitest: { configFile: `${FOLDER}/vitest.config.ts` },
  coverageAnalysis: 'perTest',
  concurrency: availableParallelism(),
  timeoutMS: 10_000,
  tsconfigFile: 'none',
  tempDirName: join(dir, `stryker-${name}`),
  ignorePatterns: ['.next', '.cache', '.data', 'public', 'tests/e2e', 'test-results'],
  reporters: ['json'],
  jsonReporter: { fileName: join(dir, `mutants-${name}.json`) },
  warnings: { slow: false }
})

/** The part of a group that was asked for: all of it, or the named files and folders. */
function narrow({ files }: Group, named: readonly string[]): string[] {
  if (!named.length) return files
  return named
    .map((path) => (path.endsWith('.ts') ? path : `${path.replace(/\/$/, '')}/**/*.ts`))
    .filter((path) => files.some((pattern) => matchesGlob(path, pattern)))
}

async function runGroup(context: SuiteContext, group: Group): Promise<MutationReport | string> {
  const mutate = narrow(group, context.env.MUTATION_FILES?.split(',') ?? [])
  if (!mutate.length) return { files: {} }
  const options = optionsFor(group, mutate, context.dataDir)
  const config = join(context.dataDir, `stryker-${group.name}.json`)
  writeFileSync(config, JSON.stringify(options))
  const stryker = join(context.root, 'node_modules/@stryker-mutator/core/bin/stryker.js')
  const { output } = await runNode(context, `stryker-${group.name}`, [stryker, 'run', config], {
    NODE_ENV: 'test',
    MUTATION_TESTS: group.tests.join(' ')
  })
  const { fileName } = options.jsonReporter
  return existsSync(fileName)
    ? (JSON.parse(readFileSync(fileName, 'utf8')) as MutationReport)
    : output
}

const percent = (killed: number, total: number): string =>
  total ? `${((100 * killed) / total).toFixed(1)} %` : 'no mutants'

function summary({
  killed,
  total,
  folders,
  survivors,
  equivalent,
  notRun,
  stale
}: MutationScore): string {
  return [
    ...survivors.map(({ file, line, from, to }) => `${file}:${line} ${from} -> ${to}`),
    ...stale.map(({ file, from }) => `${file}: not equivalent, remove it from the list: ${from}`),
    ...folders.map(
      (one) =>
        `${one.folder}: ${one.killed} of ${one.total} killed, ${percent(one.killed, one.total)}`
    ),
    `All: ${killed} of ${total} killed, ${percent(killed, total)}; ${equivalent} equivalent, ${notRun} could not run`
  ].join('\n')
}

async function mutation(context: SuiteContext): Promise<Counts> {
  const reports: MutationReport[] = []
  for (const group of GROUPS) {
    const report = await runGroup(context, group)
    if (typeof report === 'string') return { passed: 0, failed: 1, output: report }
    reports.push(report)
  }
  const score = scoreMutants(reports, EQUIVALENT_MUTANTS)
  const { killed, total, notRun, stale } = score
  const ran = total > 0 && notRun <= total * MAX_NOT_RUN
  const ok = ran && killed >= total * MIN_KILLED && !stale.length
  const output = summary(score)
  if (ok) console.log(output)
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, output }
}

export const MUTATION_SUITES: Suite[] = [
  { name: 'mutation', budgetSeconds: 1_800, onlyLong: true, run: mutation }
]

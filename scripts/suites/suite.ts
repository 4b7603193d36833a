/** A suite: counts passed and failed tests, and has a time budget. */
import { spawn } from 'node:child_process'
import { createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { Environment } from '@/scripts/stack/env-files'

export type Counts = {
  passed: number
  failed: number
  /** Why it did not run; a failure in CI, unless it depends on an external server. */
  notRun?: string
  dependsOnServer?: true
  /** Printed after a failure. */
  output: string
}

export type SuiteContext = {
  root: string
  /** This run's folder. */
  dataDir: string
  env: Environment
}

export type Suite = {
  name: string
  budgetSeconds: number
  /** Runs in `npm run test:long` and when it is named, not in `npm test`. */
  onlyLong?: boolean
  /** Uses little more than one processor, so these suites run at the same time, before the others. */
  besideOthers?: boolean
  run: (context: SuiteContext) => Promise<Counts>
}

export type ProcessResult = { code: number; output: string }

const children = new Set<ReturnType<typeof spawn>>()
/** Stops the running suites. */
export const stopSuites = (): void => {
  for (const child of children) child.kill('SIGTERM')
}

/** Runs node with these arguments to its end and keeps its output. */
export const runNode = (
  context: SuiteContext,
  name: string,
  args: string[],
  extra: NodeJS.Dict<string> = {}
): Promise<ProcessResult> => runCommand(context, name, process.execPath, args, extra)

/** The same for any program. */
export function runCommand(
  { root, dataDir, env }: SuiteContext,
  name: string,
  program: string,
  args: string[],
  extra: NodeJS.Dict<string> = {}
): Promise<ProcessResult> {
  const log = createWriteStream(join(dataDir, `${name.replaceAll(/[^\w-]/g, '-')}.log`))
  const child = spawn(program, args, {
    cwd: root,
    env: { ...env, ...extra } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe']
  })
  children.add(child)
  const parts: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      parts.push(chunk.toString())
      log.write(chunk)
    })
  }
  return new Promise((resolve) => {
    child.once('close', (code) => {
      children.delete(child)
      log.end()
      resolve({ code: code ?? 1, output: parts.join('') })
    })
  })
}

/** A pass/fail check counts as one test; one that checked nothing fails. */
export function toSingleTest({ code, output }: ProcessResult, checked: number): Counts {
  const ok = code === 0 && checked > 0
  return {
    passed: ok ? 1 : 0,
    failed: ok ? 0 : 1,
    output: checked > 0 ? output : `${output}\nIt looked at 0 files.`
  }
}

type VitestReport = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numFailedTestSuites: number
}

/**
 * Reads vitest's counts. A failed run without a failed test (a file that does not load) counts as
 * a failure.
 */
export function fromVitest(reportFile: string, { code, output }: ProcessResult): Counts {
  const report = readJson<VitestReport>(reportFile)
  if (!report) return { passed: 0, failed: 1, output }
  const failed = report.numFailedTests || (code !== 0 ? Math.max(1, report.numFailedTestSuites) : 0)
  return requireTests({ passed: report.numPassedTests, failed, output })
}

type PlaywrightSpec = {
  title: string
  file: string
  line: number
  tests: { results: { errors: { message?: string }[] }[] }[]
}
type PlaywrightSuite = { suites?: PlaywrightSuite[]; specs?: PlaywrightSpec[] }
type PlaywrightReport = PlaywrightSuite & {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
}

/** Lines of one failure that are repeated at the end of the output. */
const FAILURE_LINES = 20

/** Reads Playwright's counts. A test skipped after a failed one counts as failed. */
export function fromPlaywright(reportFile: string, { code, output }: ProcessResult): Counts {
  const report = readJson<PlaywrightReport>(reportFile)
  if (!report) return { passed: 0, failed: 1, output }
  const { expected, unexpected, flaky, skipped } = report.stats
  const failed = unexpected + flaky + skipped || (code !== 0 ? 1 : 0)
  return requireTests({
    passed: expected,
    failed,
    output: [output, ...describeFailures(report)].join('\n')
  })
}

/** Title, place and first lines of every failure, so that the end of a long log says why. */
const describeFailures = ({ suites = [], specs = [] }: PlaywrightSuite): string[] => [
  ...specs.flatMap(({ title, file, line, tests }) =>
    tests
      .flatMap(({ results }) => results.flatMap(({ errors }) => errors))
      .map(({ message = '' }) => {
        const lines = stripVTControlCharacters(message).split('\n').slice(0, FAILURE_LINES)
        return [`✗ ${file}:${line} ${title}`, ...lines.map((text) => `    ${text}`)].join('\n')
      })
  ),
  ...suites.flatMap(describeFailures)
]

const requireTests = (counts: Counts): Counts =>
  counts.passed + counts.failed > 0
    ? counts
    : { ...counts, failed: 1, output: `${counts.output}\nIt ran 0 tests.` }

function readJson<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T
  } catch {
    return null
  }
}

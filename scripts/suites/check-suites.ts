/** Static suites: format, lint, types, import rules, dead code, known vulnerabilities. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { writeDeploymentManifest } from '@/scripts/deployment/packages'
import { NEXT } from '@/scripts/stack/next-bin'
import { checkLayers, findCycles, sourcesOf } from '@/scripts/suites/import-rules'
import {
  type Counts,
  runCommand,
  runNode,
  type Suite,
  type SuiteContext,
  toSingleTest
} from '@/scripts/suites/suite'

const biome = async (context: SuiteContext, command: 'format' | 'lint') => {
  const bin = join(context.root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
  const args = [
    bin,
    command,
    ...(command === 'lint' ? ['--error-on-warnings'] : []),
    '--max-diagnostics=50',
    '.'
  ]
  const finished = await runNode(context, command, args)
  return toSingleTest(finished, Number(/Checked (\d+) files/.exec(finished.output)?.[1] ?? 0))
}

const types = async (context: SuiteContext) => {
  const generated = await runNode(context, 'typegen', [NEXT, 'typegen'])
  if (generated.code !== 0) return toSingleTest(generated, 1)
  const tsc = join(context.root, 'node_modules', 'typescript', 'bin', 'tsc')
  const finished = await runNode(context, 'types', [
    tsc,
    '--noEmit',
    '--incremental',
    'false',
    '--extendedDiagnostics'
  ])
  const [errors = '', files = '0'] = finished.output.split(/^Files:\s+(\d+)/m)
  return toSingleTest({ ...finished, output: errors }, Number(files))
}

const imports = async ({ root }: SuiteContext) => {
  const layers = checkLayers(root).map(({ layer, files, breaches }) =>
    files ? breaches : [`The layer ${layer} has no files.`]
  )
  const cycles = findCycles(sourcesOf(root)).map((path) => `Circular import: ${path.join(' → ')}`)
  const checks = [...layers, cycles]
  const failed = checks.filter((found) => found.length > 0)
  return {
    passed: checks.length - failed.length,
    failed: failed.length,
    output: failed.flat().join('\n')
  }
}

const deadCode = async (context: SuiteContext) => {
  const knip = join(context.root, 'node_modules', 'knip', 'bin', 'knip.js')
  return toSingleTest(await runNode(context, 'dead-code', [knip, '--no-progress']), 1)
}

/** Known vulnerabilities of what a deployment runs. Many registries and offline machines have no answer. */
const audit = async (context: SuiteContext): Promise<Counts> => {
  const folder = join(context.dataDir, 'deployment')
  mkdirSync(folder, { recursive: true })
  writeDeploymentManifest(context.root, folder)
  const args = ['audit', '--audit-level=high', '--json', '--fetch-retries=0']
  const { code, output } = await runCommand({ ...context, root: folder }, 'audit', 'npm', args)
  const report = parseReport(output)
  if (!report?.metadata?.vulnerabilities)
    return { passed: 0, failed: 0, notRun: AUDIT_UNANSWERED, dependsOnServer: true, output }
  return toSingleTest({ code, output }, 1)
}
const AUDIT_UNANSWERED = 'the package registry does not answer questions about vulnerabilities'

function parseReport(output: string): { metadata?: { vulnerabilities?: unknown } } | null {
  try {
    return JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1))
  } catch {
    return null
  }
}

const CHECKS: Suite[] = [
  { name: 'types', budgetSeconds: 60, run: types },
  { name: 'format', budgetSeconds: 15, run: (context) => biome(context, 'format') },
  { name: 'lint', budgetSeconds: 30, run: (context) => biome(context, 'lint') },
  { name: 'imports', budgetSeconds: 20, run: imports },
  { name: 'dead-code', budgetSeconds: 30, run: deadCode },
  { name: 'audit', budgetSeconds: 60, run: audit }
]

export const CHECK_SUITES = CHECKS.map((suite): Suite => ({ ...suite, besideOthers: true }))

/**
 * The production build and the browser tests on it.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from '@/scripts/chromium.mjs'
import type { Environment } from '@/scripts/stack/env-files'
import { buildOnce } from '@/scripts/stack/production-build'
import { startStacks } from '@/scripts/suites/e2e-stacks'
import {
  type Counts,
  fromPlaywright,
  runNode,
  type Suite,
  type SuiteContext
} from '@/scripts/suites/suite'
import { publicEnv } from '@/scripts/suites/test-stack'

const LOOPBACK_REFUSAL = '[loopback-only] refused'

async function build(context: SuiteContext): Promise<Counts> {
  try {
    await buildOnce(context.root, publicEnv(context.env), context.dataDir)
    return { passed: 1, failed: 0, output: '' }
  } catch (error) {
    return { passed: 0, failed: 1, output: String(error instanceof Error ? error.message : error) }
  }
}

/** The files named by `--only`; empty means all. */
const selectedSpecs = ({ env }: SuiteContext): string[] => env.E2E_ONLY?.split(',') ?? []

async function e2e(context: SuiteContext): Promise<Counts> {
  const built = await build(context)
  if (built.failed) return built
  const browser = await findChromium(context.env)
  if (!browser)
    return {
      passed: 0,
      failed: 1,
      output: 'There is no Chromium here and none could be had. Set CHROMIUM_PATH.'
    }
  let died = ''
  const stacks = await startStacks(context, selectedSpecs(context), (why) => {
    died = why
  })
  try {
    const counts = await playwright(context, stacks.forTests, browser)
    const trouble = [died, ...stacks.logDirs.flatMap(refusedConnections)].filter(Boolean)
    return {
      ...counts,
      failed: counts.failed + trouble.length,
      output: [counts.output, ...trouble].join('\n')
    }
  } finally {
    await stacks.stop()
  }
}

/** Runs the selected browser tests. @param stacks the variables that name the stacks. */
export async function playwright(
  context: SuiteContext,
  stacks: Environment,
  browser: object
): Promise<Counts> {
  const report = join(context.dataDir, 'e2e.json')
  const cli = join(context.root, 'node_modules', '@playwright', 'test', 'cli.js')
  const extra = {
    ...stacks,
    E2E_CHROMIUM: JSON.stringify(browser),
    PLAYWRIGHT_JSON_OUTPUT_NAME: report
  }
  return fromPlaywright(
    report,
    await runNode(
      context,
      'e2e',
      [
        cli,
        'test',
        '--reporter=line,json',
        ...(selectedSpecs(context).length > 0 ? ['--no-deps'] : []),
        ...selectedSpecs(context).map((name) => `/${name}.spec`)
      ],
      extra
    )
  )
}

/** Server processes report refused internet connections in their log. */
function refusedConnections(logs: string): string[] {
  const lines = readdirSync(logs).flatMap((name) =>
    readFileSync(join(logs, name), 'utf8')
      .split('\n')
      .map((line) => ({ name, line }))
  )
  return lines
    .filter(({ line }) => line.includes(LOOPBACK_REFUSAL))
    .map(({ name, line }) => `${name}: ${line}`)
}

export const E2E_SUITES: Suite[] = [
  { name: 'build', budgetSeconds: 120, run: build },
  { name: 'e2e', budgetSeconds: 720, run: e2e }
]

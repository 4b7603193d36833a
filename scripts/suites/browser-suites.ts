/**
 * The journey in browsers that Playwright does not drive: Debian's Firefox ESR, and WebKitGTK at
 * 127.0.0.1, where pages get no secure context.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Environment } from '@/scripts/stack/env-files'
import { freePort } from '@/scripts/stack/ports'
import { buildOnce } from '@/scripts/stack/production-build'
import { installFromApt } from '@/scripts/suites/postgres'
import {
  type Counts,
  fromPlaywright,
  runNode,
  type Suite,
  type SuiteContext
} from '@/scripts/suites/suite'
import { publicEnv, stackForTests, startTestStack } from '@/scripts/suites/test-stack'

type BrowserName = 'firefox' | 'webkit'
type Programs = { kind: BrowserName; binary: string; driver?: string }

const BROWSERS: Record<BrowserName, { packages: string[]; settings: Environment }> = {
  firefox: { packages: ['firefox-esr'], settings: {} },
  webkit: { packages: ['webkit2gtk-driver', 'xvfb'], settings: { HOST: '127.0.0.1' } }
}
/** Debian keeps WebKitGTK's browser off the PATH, one per version of its interface. */
const MINI_BROWSERS = ['x86_64', 'aarch64'].flatMap((cpu) =>
  ['4.1', '4.0'].map((version) => `/usr/lib/${cpu}-linux-gnu/webkit2gtk-${version}/MiniBrowser`)
)
const DRIVER_PORT = 28_300
const DISPLAY_ARGS = ['-displayfd', '1', '-screen', '0', '1280x1000x24', '-nolisten', 'tcp']

const onPath = (name: string) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(existsSync)

/** @returns null if they are not installed. */
function findPrograms(kind: BrowserName): Programs | null {
  if (kind === 'firefox') {
    const binary = onPath('firefox-esr')
    return binary ? { kind, binary } : null
  }
  const [binary, driver] = [MINI_BROWSERS.find(existsSync), onPath('WebKitWebDriver')]
  return binary && driver && onPath('Xvfb') ? { kind, binary, driver } : null
}

/** Installs what is missing. @returns the programs, or why there are none. */
function preparePrograms(kind: BrowserName): Programs | string {
  const found = findPrograms(kind)
  if (found) return found
  const { packages } = BROWSERS[kind]
  const advice = `install ${packages.join(' and ')}`
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return advice
  try {
    for (const name of packages) installFromApt(name)
  } catch {
    return `${advice}; apt-get failed`
  }
  return findPrograms(kind) ?? advice
}

/** The named browsers (`--only=webkit`), or all. */
async function browsers(context: SuiteContext): Promise<Counts> {
  const only = context.env.E2E_ONLY?.split(',')
  const kinds = (Object.keys(BROWSERS) as BrowserName[]).filter(
    (kind) => !only || only.includes(kind)
  )
  const total: Counts = { passed: 0, failed: 0, output: '' }
  if (kinds.length === 0) return { ...total, failed: 1, output: `There is no browser ${only}.` }
  const missing: string[] = []
  for (const kind of kinds) {
    const programs = preparePrograms(kind)
    if (typeof programs === 'string') {
      missing.push(`${kind}: ${programs}`)
      continue
    }
    const counts = await runIn(context, programs)
    total.passed += counts.passed
    total.failed += counts.failed
    if (counts.failed) total.output += `${kind}:\n${counts.output}\n`
  }
  return missing.length ? { ...total, notRun: missing.join('; ') } : total
}

async function runIn(context: SuiteContext, programs: Programs): Promise<Counts> {
  const { kind } = programs
  await buildOnce(context.root, publicEnv(context.env), context.dataDir)
  const display = kind === 'webkit' ? await startDisplay() : null
  let crash = ''
  const onCrash = (why: string) => {
    crash = why
  }
  try {
    const stack = await startTestStack(context, onCrash, BROWSERS[kind].settings)
    try {
      const setup = { ...programs, port: await freePort(DRIVER_PORT), display: display?.name }
      const report = join(context.dataDir, `browser-${kind}.json`)
      const cli = join(context.root, 'node_modules', '@playwright', 'test', 'cli.js')
      const finished = await runNode(
        context,
        `browser-${kind}`,
        [cli, 'test', '--reporter=line,json'],
        {
          E2E_STACK: stackForTests(context, stack),
          E2E_BROWSER: JSON.stringify(setup),
          PLAYWRIGHT_JSON_OUTPUT_NAME: report
        }
      )
      const counts = fromPlaywright(report, finished)
      if (!crash) return counts
      return { ...counts, failed: counts.failed + 1, output: `${counts.output}\n${crash}` }
    } finally {
      await stack.stop()
    }
  } finally {
    display?.process.kill('SIGTERM')
  }
}

/** WebKitGTK needs a display. Xvfb takes a free one and prints its number when it is ready. */
function startDisplay(): Promise<{ name: string; process: ChildProcess }> {
  const child = spawn('Xvfb', DISPLAY_ARGS, { stdio: ['ignore', 'pipe', 'ignore'] })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => reject(new Error('Xvfb did not start.')))
    child.stdout.once('data', (chunk: Buffer) =>
      resolve({ name: `:${chunk.toString().trim()}`, process: child })
    )
  })
}

export const BROWSER_SUITES: Suite[] = [
  { name: 'browsers', budgetSeconds: 900, onlyLong: true, run: browsers }
]

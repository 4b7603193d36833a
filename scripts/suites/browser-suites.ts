/** The journey in a browser that Playwright does not drive: Debian's Firefox ESR. */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
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

/** Debian's name of the package and of its program. */
const FIREFOX = 'firefox-esr'
const DRIVER_PORT = 28_300

const onPath = (name: string) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(existsSync)

/** Installs Firefox if needed. @returns its path, or null where it cannot be had. */
function prepareFirefox(): string | null {
  const installed = onPath(FIREFOX)
  if (installed) return installed
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null
  try {
    installFromApt(FIREFOX)
  } catch {
    return null
  }
  return onPath(FIREFOX) ?? null
}

async function browsers(context: SuiteContext): Promise<Counts> {
  const binary = prepareFirefox()
  if (!binary) return { passed: 0, failed: 0, notRun: `install ${FIREFOX}`, output: '' }
  await buildOnce(context.root, publicEnv(context.env), context.dataDir)
  let crash = ''
  const stack = await startTestStack(context, (why) => {
    crash = why
  })
  try {
    const report = join(context.dataDir, 'browsers.json')
    const cli = join(context.root, 'node_modules', '@playwright', 'test', 'cli.js')
    const finished = await runNode(context, 'browsers', [cli, 'test', '--reporter=line,json'], {
      E2E_STACK: stackForTests(context, stack),
      E2E_BROWSER: JSON.stringify({ binary, port: await freePort(DRIVER_PORT) }),
      PLAYWRIGHT_JSON_OUTPUT_NAME: report
    })
    const counts = fromPlaywright(report, finished)
    if (!crash) return counts
    return { ...counts, failed: counts.failed + 1, output: `${counts.output}\n${crash}` }
  } finally {
    await stack.stop()
  }
}

export const BROWSER_SUITES: Suite[] = [
  { name: 'browsers', budgetSeconds: 600, onlyLong: true, run: browsers }
]

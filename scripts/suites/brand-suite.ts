/**
 * Another brand: a copy of the project whose pangea.config.ts is tests/unit/brand/second-brand.ts
 * is built, and the checks of every page run on it.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Counts, runNode, type Suite, type SuiteContext } from '@/scripts/suites/suite'

const SECOND_BRAND = 'tests/unit/brand/second-brand.ts'
const SPECS = ['app/pages', 'app/brand']
const RESULT = /^(\d+) passed, (\d+) failed$/gm

async function secondBrand(context: SuiteContext): Promise<Counts> {
  const copy = join(context.root, '.data', 'second-brand')
  rmSync(copy, { recursive: true, force: true })
  copyProject(context.root, copy)
  cpSync(join(context.root, SECOND_BRAND), join(copy, 'pangea.config.ts'))
  try {
    const { code, output } = await runNode({ ...context, root: copy }, 'second-brand', [
      ...process.execArgv,
      'scripts/test.ts',
      '--long',
      'build',
      'e2e',
      `--only=${SPECS.join(',')}`
    ])
    const [, passed = 0, failed = 0] = [...output.matchAll(RESULT)].at(-1) ?? []
    return {
      passed: Number(passed),
      failed: Number(failed) || (code === 0 && Number(passed) > 0 ? 0 : 1),
      output
    }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

/** The packages are hard links where the file system has them: they are many files. */
function copyProject(root: string, copy: string): void {
  const git = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const files = execFileSync('git', git, { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter(Boolean)
  for (const file of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(join(root, file), join(copy, file))
  }
  const [from, to] = [join(root, 'node_modules'), join(copy, 'node_modules')]
  try {
    execFileSync('cp', ['-al', from, to])
  } catch {
    cpSync(from, to, { recursive: true })
  }
}

export const BRAND_SUITES: Suite[] = [
  { name: 'brand', budgetSeconds: 400, onlyLong: true, run: secondBrand }
]

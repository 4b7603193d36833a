/** The suites that read the code without running it: format, lint, types, import table, dead code. */
import { join } from 'node:path'
import { checkImportRows } from '@/scripts/suites/import-rules'
import { NEXT } from '@/scripts/stack/next-bin'
import { asOneTest, type Ground, runNode, type Suite } from '@/scripts/suites/suite'

const biome = async (ground: Ground, command: 'format' | 'lint') => {
  const bin = join(ground.root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
  const args = [
    bin,
    command,
    ...(command === 'lint' ? ['--error-on-warnings'] : []),
    '--max-diagnostics=50',
    '.'
  ]
  const finished = await runNode(ground, command, args)
  return asOneTest(finished, Number(/Checked (\d+) files/.exec(finished.output)?.[1] ?? 0))
}

const types = async (ground: Ground) => {
  const generated = await runNode(ground, 'typegen', [NEXT, 'typegen'])
  if (generated.code !== 0) return asOneTest(generated, 1)
  const tsc = join(ground.root, 'node_modules', 'typescript', 'bin', 'tsc')
  const finished = await runNode(ground, 'types', [
    tsc,
    '--noEmit',
    '--incremental',
    'false',
    '--extendedDiagnostics'
  ])
  return asOneTest(finished, Number(/^Files:\s+(\d+)/m.exec(finished.output)?.[1] ?? 0))
}

const imports = async ({ root }: Ground) => {
  const rows = await checkImportRows(root)
  const broken = rows.filter(({ kept }) => !kept)
  const output = broken.map(({ room, output }) => `${room}:\n${output}`).join('\n')
  return rows.length
    ? { passed: rows.length - broken.length, failed: broken.length, output }
    : { passed: 0, failed: 1, output: 'There is no import rule.' }
}

const deadCode = async (ground: Ground) => {
  const knip = join(ground.root, 'node_modules', 'knip', 'bin', 'knip.js')
  return asOneTest(await runNode(ground, 'dead-code', [knip, '--no-progress']), 1)
}

export const CHECKS: Suite[] = [
  { name: 'format', budgetSeconds: 15, run: (ground) => biome(ground, 'format') },
  { name: 'lint', budgetSeconds: 20, run: (ground) => biome(ground, 'lint') },
  { name: 'types', budgetSeconds: 30, run: types },
  { name: 'imports', budgetSeconds: 20, run: imports },
  { name: 'dead-code', budgetSeconds: 20, run: deadCode }
]

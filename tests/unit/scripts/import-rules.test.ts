import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkImportRows, RULE, readImportRows } from '@/scripts/suites/import-rules'

/** One planted breach per prohibition: file → what it must not import. */
const BREACHES: [room: string, file: string, specifier: string][] = [
  ['app', 'app/dashboard/page.tsx', '@/xata/client'],
  ['app', 'app/api/route.ts', 'plaid'],
  ['app', 'app/api/v1/route.ts', '@/lib/services/data/users'],
  ['app', 'app/api/v2/route.ts', '../../../lib/services/data/users'],
  ['app', 'app/api/v3/route.ts', '@/lib/platform/crypto'],
  ['app', 'app/api/v4/route.ts', '@/sandbox/plaid'],
  ['app', 'proxy.ts', '@clerk/backend'],
  ['app', 'instrumentation.node.ts', './lib/platform/crypto'],
  ['components', 'components/money.tsx', '@/lib/services'],
  ['components', 'components/card.tsx', '@/lib/platform/env'],
  ['components', 'components/ui/list.tsx', '@/app/wire'],
  ['components', 'components/ui/table.tsx', 'pg'],
  ['components', 'components/ui/file.tsx', 'node:fs'],
  ['pangea', 'lib/services/pangea/connections/link-bank.ts', '@/xata/schema'],
  ['pangea', 'lib/services/pangea/link-again.ts', '../../../xata/schema'],
  ['pangea', 'lib/services/pangea/sync.ts', 'plaid'],
  ['pangea', 'lib/services/pangea/drain.ts', '../data/users'],
  ['pangea', 'lib/services/pangea/onboard.ts', 'next/server'],
  ['pangea', 'lib/services/pangea/agree.ts', '@/lib/api/application'],
  ['clerk', 'lib/services/clerk/index.ts', '../plaid'],
  ['auth', 'lib/services/clerk/client.ts', '@clerk/nextjs/server'],
  ['auth', 'lib/services/auth/sdk.ts', 'plaid'],
  ['plaid', 'lib/services/plaid/index.ts', '../data'],
  ['plaid', 'lib/services/plaid/map.ts', '../data/users'],
  ['accounts', 'lib/services/plaid/client.ts', '@clerk/backend'],
  ['accounts', 'lib/services/accounts/store.ts', '@/xata/client'],
  ['jiko', 'lib/services/jiko/index.ts', '../pangea/drain'],
  ['banking', 'lib/services/jiko/client.ts', 'plaid'],
  ['banking', 'lib/services/banking/all.ts', '@/lib/services'],
  ['data', 'lib/services/data/users/users.ts', '../jiko'],
  ['data', 'lib/services/data/fetch.ts', 'node:https'],
  ['data', 'lib/services/data/page.ts', 'next/cache'],
  ['platform', 'lib/platform/log.ts', '../domain/money'],
  ['platform', 'lib/platform/env.ts', '@/xata/client'],
  ['platform', 'lib/platform/http.ts', 'next/headers'],
  ['xata', 'xata/client.ts', '@/lib/services/data'],
  ['xata', 'xata/tables/users.ts', '../../lib/domain/money'],
  ['xata', 'xata/schema.ts', 'next/server'],
  ['domain', 'lib/domain/money/money.ts', '../platform/log'],
  ['domain', 'lib/domain/dates.ts', 'node:fs'],
  ['domain', 'lib/domain/words.ts', 'zod'],
  ['api', 'lib/api/connections.ts', '../platform/env'],
  ['api', 'lib/api/reports.ts', '@/lib/services'],
  ['sandbox', 'sandbox/plaid/index.ts', '@/lib/domain/money'],
  ['sandbox', 'sandbox/jiko/index.ts', '../../lib/domain/money'],
  ['sandbox', 'sandbox/clerk/frontend/index.ts', '../../../xata/client']
]

/** What the table allows, so that no rule forbids too much. */
const LAWFUL: [file: string, specifier: string][] = [
  ['app/me/route.ts', '@/lib/services'],
  ['app/me/errors.ts', '@/lib/platform/errors'],
  ['app/me/page.tsx', '@/components/money'],
  ['app/me/handle.ts', '../../lib/domain/money'],
  ['components/lib/api.ts', 'swr'],
  ['lib/services/pangea/ok.ts', '../data'],
  ['lib/services/pangea/fine.ts', '../../domain/money'],
  ['lib/services/accounts/ok.ts', 'plaid'],
  ['lib/services/plaid/fine.ts', '../data/events'],
  ['lib/services/auth/ok.ts', '@clerk/backend'],
  ['lib/services/data/ok.ts', '@/xata/client'],
  ['lib/services/data/fine.ts', 'drizzle-orm'],
  ['xata/ok.ts', '@/lib/platform/env'],
  ['lib/api/ok.ts', '@/lib/domain/money'],
  ['sandbox/run.ts', './xata'],
  ['sandbox/plaid/ok.ts', 'plaid'],
  ['tests/unit/ok.ts', '@/xata/client']
]

const root = resolve(import.meta.dirname, '../../..')
let copy = ''
let findings: string[] = []

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'pangea-imports-'))
  const settings = {
    ...JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')),
    vcs: { enabled: false }
  }
  writeFileSync(join(copy, 'biome.json'), JSON.stringify(settings))
  for (const [file, specifier] of [
    ...BREACHES.map(([, file, specifier]) => [file, specifier] as const),
    ...LAWFUL
  ])
    plant(file, `import '${specifier}'\n`)
  plant(
    'lib/domain/type-only.ts',
    "import type { Env } from '@/lib/platform/env'\nexport type Mine = Env\n"
  )
  plant('lib/domain/dynamic.ts', "export const load = () => import('../platform/log')\n")
  plant('lib/domain/passed-on.ts', "export { log } from '../platform/log'\n")
  findings = lint(copy)
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

function plant(file: string, text: string): void {
  mkdirSync(dirname(join(copy, file)), { recursive: true })
  writeFileSync(join(copy, file), text)
}

/** @returns the files that Biome finds a forbidden import in. */
function lint(cwd: string): string[] {
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
  const args = [biome, 'lint', `--only=${RULE}`, '--reporter=json', '--max-diagnostics=none', '.']
  try {
    execFileSync(process.execPath, args, { cwd, stdio: 'pipe' })
    return []
  } catch (error) {
    const { diagnostics } = JSON.parse(String((error as { stdout: Buffer }).stdout)) as {
      diagnostics: { location: { path: string | { file: string } } }[]
    }
    return diagnostics.map(({ location }) =>
      (typeof location.path === 'string' ? location.path : location.path.file).replace(/^\.\//, '')
    )
  }
}

describe('the import table', () => {
  it('has a planted breach for every row', () => {
    expect(new Set(BREACHES.map(([room]) => room)).size).toBe(readImportRows(root).length)
  })
  it.each(BREACHES)('%s: refuses that %s imports %s', (_room, file) => {
    expect(findings).toContain(file)
  })
  it.each(['type-only', 'dynamic', 'passed-on'])('sees an import that is %s', (kind) => {
    expect(findings).toContain(`lib/domain/${kind}.ts`)
  })
  it.each(LAWFUL)('lets %s import %s', (file) => {
    expect(findings).not.toContain(file)
  })
})

describe('checking the rows', () => {
  it('fails a row that saw no file', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'pangea-rows-'))
    writeFileSync(join(empty, 'biome.json'), JSON.stringify({ overrides: [override('gone/**')] }))
    const [row] = await checkImportRows(empty)
    rmSync(empty, { recursive: true })
    expect(row).toMatchObject({ files: 0, kept: false })
  })
  it('fails a row with a breach in it and passes one without', async () => {
    const here = mkdtempSync(join(tmpdir(), 'pangea-rows-'))
    symlinkSync(join(root, 'node_modules'), join(here, 'node_modules'))
    writeFileSync(
      join(here, 'biome.json'),
      JSON.stringify({ overrides: [override('bad/**'), override('good/**')] })
    )
    for (const [room, text] of [
      ['bad', "import 'forbidden'\n"],
      ['good', 'export const a = 1\n']
    ] as const) {
      mkdirSync(join(here, room))
      writeFileSync(join(here, room, 'a.ts'), text)
    }
    const rows = await checkImportRows(here)
    rmSync(here, { recursive: true })
    expect(rows.map(({ layer: room, files, kept }) => ({ room, files, kept }))).toEqual([
      { room: 'bad', files: 1, kept: false },
      { room: 'good', files: 1, kept: true }
    ])
  })
})

const override = (includes: string) => ({
  includes: [includes],
  linter: {
    rules: {
      style: {
        noRestrictedImports: {
          level: 'error',
          options: { patterns: [{ group: ['forbidden'], message: 'no' }] }
        }
      }
    }
  }
})

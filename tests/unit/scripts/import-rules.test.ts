import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  breachesOf,
  checkLayers,
  findCycles,
  LAYERS,
  layerOf,
  toMermaid
} from '@/scripts/suites/import-rules'

/** One planted breach per prohibition: file → forbidden import. */
const BREACHES: [file: string, specifier: string][] = [
  ['app/dashboard/page.tsx', '@/xata/client'],
  ['app/api/route.ts', 'plaid'],
  ['app/api/v1/route.ts', '@/lib/services/data/users'],
  ['app/api/v2/route.ts', '../../../lib/services/data/users'],
  ['app/api/v3/route.ts', '@/lib/platform/crypto'],
  ['app/api/v4/route.ts', '@/sandbox/plaid'],
  ['proxy.ts', '@clerk/backend'],
  ['instrumentation.node.ts', './lib/platform/crypto'],
  ['pangea.config.ts', '@/lib/domain/money/money'],
  ['components/money.tsx', '@/lib/services'],
  ['components/card.tsx', '@/lib/platform/env'],
  ['components/ui/list.tsx', '@/app/_lib/session'],
  ['components/ui/table.tsx', 'pg'],
  ['components/ui/file.tsx', 'node:fs'],
  ['lib/services/index.ts', '@/lib/services/data/users/users'],
  ['lib/services/pangea/link-bank.ts', '@/xata/schema'],
  ['lib/services/pangea/sync.ts', 'plaid'],
  ['lib/services/pangea/worker/worker.ts', '@/lib/services/data/users/users'],
  ['lib/services/pangea/onboard.ts', 'next/server'],
  ['lib/services/pangea/agree.ts', '@/lib/api/application'],
  ['lib/services/clerk/index.ts', '@/lib/services/plaid'],
  ['lib/services/clerk/client.ts', '@clerk/nextjs/server'],
  ['lib/services/clerk/sdk.ts', 'plaid'],
  ['lib/services/plaid/index.ts', '@/lib/services/data'],
  ['lib/services/plaid/map.ts', '@/lib/services/data/users/users'],
  ['lib/services/plaid/client.ts', '@clerk/backend'],
  ['lib/services/plaid/store.ts', '@/xata/client'],
  ['lib/services/jiko/index.ts', '../pangea/worker/worker'],
  ['lib/services/jiko/client.ts', 'plaid'],
  ['lib/services/jiko/all.ts', '@/lib/services'],
  ['lib/services/data/users/users.ts', '@/lib/services/jiko'],
  ['lib/services/data/fetch.ts', 'node:https'],
  ['lib/services/data/page.ts', 'next/cache'],
  ['lib/platform/log.ts', '@/lib/domain/money/money'],
  ['lib/platform/env.ts', '@/xata/client'],
  ['lib/platform/http.ts', 'next/headers'],
  ['xata/client.ts', '@/lib/services/data'],
  ['xata/tables/users.ts', '../../lib/domain/money/money'],
  ['xata/schema.ts', 'next/server'],
  ['lib/domain/money/money.ts', '@/lib/platform/log'],
  ['lib/domain/dates.ts', 'node:fs'],
  ['lib/domain/text.ts', 'zod'],
  ['lib/api/bank.ts', '@/lib/platform/env'],
  ['lib/api/numbers.ts', 'react'],
  ['sandbox/plaid/index.ts', '@/lib/domain/money/money'],
  ['sandbox/clerk/frontend/index.ts', '../../../xata/client'],
  ['sandbox/run.ts', 'next']
]

/** Allowed imports, so that no rule forbids too much. */
const ALLOWED: [file: string, specifier: string][] = [
  ['app/me/route.ts', '@/lib/services'],
  ['app/me/errors.ts', '@/lib/platform/errors'],
  ['app/me/page.tsx', '@/components/ui/money'],
  ['app/layout.tsx', './globals.css'],
  ['app/me/clerk.ts', '@clerk/nextjs/server'],
  ['components/api.ts', 'swr'],
  ['lib/services/pangea/ok.ts', '@/lib/services/data'],
  ['lib/services/pangea/fine.ts', '@/lib/domain/money/money'],
  ['lib/services/plaid/ok.ts', 'plaid'],
  ['lib/services/plaid/fine.ts', '@/lib/services/data/vendor-events'],
  ['lib/services/clerk/ok.ts', '@clerk/backend'],
  ['lib/services/data/ok.ts', '@/xata/client'],
  ['lib/services/data/fine.ts', 'drizzle-orm'],
  ['xata/ok.ts', '@/lib/platform/env'],
  ['lib/api/ok.ts', '@/lib/domain/money/money'],
  ['lib/api/fine.ts', 'zod'],
  ['sandbox/run.ts', './xata'],
  ['sandbox/plaid/ok.ts', 'plaid'],
  ['tests/unit/ok.ts', '@/xata/client']
]

const root = resolve(import.meta.dirname, '../../..')

describe('the import table', () => {
  it('has a planted breach for every layer', () => {
    const planted = new Set(BREACHES.map(([file]) => layerOf(file)?.name))
    expect(planted).toEqual(new Set(LAYERS.map(({ name }) => name)))
  })
  it.each(BREACHES)('refuses that %s imports %s', (file, specifier) => {
    expect(breachesOf(file, `import { a } from '${specifier}'\n`)).toEqual([specifier])
  })
  it.each([
    "import type { Env } from '@/lib/platform/env'",
    "const load = () => import('@/lib/platform/env')",
    "export { env } from '@/lib/platform/env'",
    "export * from '@/lib/platform/env'",
    "import '@/lib/platform/env'",
    "import {\n  env\n} from '@/lib/platform/env'"
  ])('detects %s', (text) => {
    expect(breachesOf('lib/domain/dates.ts', text)).toEqual(['@/lib/platform/env'])
  })
  it.each(ALLOWED)('lets %s import %s', (file, specifier) => {
    expect(breachesOf(file, `import '${specifier}'\n`)).toEqual([])
  })
  it('finds files in every layer', () => {
    expect(checkLayers(root).filter(({ files }) => files === 0)).toEqual([])
  })
  it('matches the picture in the documentation', () => {
    expect(readFileSync(resolve(root, 'docs/architecture.md'), 'utf8')).toContain(toMermaid())
  })
})

describe('circular imports', () => {
  const source = (file: string, specifier: string) => ({ file, text: `import '${specifier}'\n` })

  it('are found, also relative and type-only ones', () => {
    const cycles = findCycles([
      source('lib/a.ts', '@/lib/b'),
      { file: 'lib/b/index.ts', text: "import type { C } from '../c'\n" },
      source('lib/c.ts', './a')
    ])
    expect(cycles).toEqual([['lib/a', 'lib/b', 'lib/c', 'lib/a']])
  })
  it('are not reported when two modules import a third', () => {
    expect(
      findCycles([source('a.ts', './c'), source('b.ts', './c'), source('c.ts', 'zod')])
    ).toEqual([])
  })
})

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export const alias = {
  '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, ''),
  'server-only': fileURLToPath(new URL('./node_modules/server-only/empty.js', import.meta.url))
}
export const setupFiles = ['tests/support/setup.ts']

type Options = {
  testTimeout: number
  isolate?: boolean
  pool?: 'forks' | 'threads'
  /** Folders or files. */
  paths?: string[]
  exclude?: string[]
  /** Replaces pangea.config.ts. */
  config?: string
}

const patternOf = (path: string) => (/\.tsx?$/.test(path) ? path : `${path}/**/*.test.{ts,tsx}`)

const project = (name: string, options: Options) => {
  const {
    testTimeout,
    isolate = true,
    pool = 'forks',
    paths = [`tests/${name}`],
    exclude = []
  } = options
  const config: Record<string, string> = options.config
    ? { '@/pangea.config': join(alias['@'], options.config) }
    : {}
  return {
    resolve: { alias: { ...config, ...alias } },
    test: {
      name,
      isolate,
      pool,
      include: paths.map(patternOf),
      exclude: exclude.map(patternOf),
      testTimeout,
      hookTimeout: 60_000,
      setupFiles
    }
  }
}

/**
 * These replace modules (`vi.mock`), load Next's server, which changes how errors are printed, or
 * start Clerk, which is done once. So each file has a thread of its own.
 */
export const ISOLATED = [
  'tests/unit/app/proxy.test.ts',
  'tests/unit/app/public-files.test.ts',
  'tests/unit/components/lib/sign-in-guard.test.tsx',
  'tests/unit/components/site/statements.test.tsx'
]
/** These see another pangea.config.ts. */
export const BRAND = 'tests/unit/brand'

/**
 * `isolate: false`: files share a process, which loads the vendor SDKs once;
 * tests/support/setup.ts resets state per file.
 */
export default defineConfig({
  test: {
    projects: [
      project('unit', { testTimeout: 10_000, isolate: false, exclude: [...ISOLATED, BRAND] }),
      project('unit-isolated', { testTimeout: 10_000, paths: ISOLATED, pool: 'threads' }),
      project('unit-brand', {
        testTimeout: 10_000,
        paths: [BRAND],
        config: `${BRAND}/second-brand.ts`
      }),
      project('flow', { testTimeout: 30_000, isolate: false }),
      project('contract', { testTimeout: 30_000, isolate: false }),
      project('model', { testTimeout: 120_000, isolate: false }),
      project('delivery', { testTimeout: 120_000 })
    ]
  }
})

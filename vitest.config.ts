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
  folders?: string[]
  exclude?: string[]
  /** Replaces pangea.config.ts. */
  config?: string
}

const project = (name: string, options: Options) => {
  const {
    testTimeout,
    isolate = true,
    pool = 'forks',
    folders = [`tests/${name}`],
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
      include: folders.map((folder) => `${folder}/**/*.test.{ts,tsx}`),
      exclude: exclude.map((folder) => `${folder}/**`),
      testTimeout,
      hookTimeout: 60_000,
      setupFiles
    }
  }
}

/** These replace modules of Next and the browser, so each file has a thread of its own. */
const ISOLATED = ['tests/unit/app', 'tests/unit/components']
/** These see another pangea.config.ts. */
const BRAND = 'tests/unit/brand'

/**
 * `isolate: false`: files share a process, which loads the vendor SDKs once;
 * tests/support/setup.ts resets state per file.
 */
export default defineConfig({
  test: {
    projects: [
      project('unit', { testTimeout: 10_000, isolate: false, exclude: [...ISOLATED, BRAND] }),
      project('unit-isolated', { testTimeout: 10_000, folders: ISOLATED, pool: 'threads' }),
      project('unit-brand', {
        testTimeout: 10_000,
        folders: [BRAND],
        config: `${BRAND}/second-brand.ts`
      }),
      project('flow', { testTimeout: 30_000, isolate: false }),
      project('contract', { testTimeout: 30_000, isolate: false }),
      project('model', { testTimeout: 120_000, isolate: false }),
      project('delivery', { testTimeout: 120_000 })
    ]
  }
})

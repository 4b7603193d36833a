import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const alias = {
  '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, ''),
  'server-only': fileURLToPath(new URL('./node_modules/server-only/empty.js', import.meta.url))
}
/**
 * `isolate: false`: files share a process, which loads the vendor SDKs once;
 * tests/support/setup.ts resets state per file.
 */
const project = (name: string, testTimeout: number, isolate = true) => ({
  resolve: { alias },
  test: {
    name,
    isolate,
    include: [`tests/${name}/**/*.test.{ts,tsx}`],
    testTimeout,
    hookTimeout: 60_000,
    setupFiles: ['tests/support/setup.ts']
  }
})

export default defineConfig({
  test: {
    projects: [
      project('unit', 10_000, false),
      project('flow', 30_000, false),
      project('contract', 30_000),
      project('model', 120_000)
    ]
  }
})

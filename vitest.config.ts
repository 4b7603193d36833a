import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const alias = {
  '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, ''),
  'server-only': fileURLToPath(new URL('./node_modules/server-only/empty.js', import.meta.url))
}
const project = (name: string, testTimeout: number) => ({
  resolve: { alias },
  test: { name, include: [`tests/${name}/**/*.test.{ts,tsx}`], testTimeout, hookTimeout: 60_000, setupFiles: ['tests/support/setup.ts'] }
})

export default defineConfig({
  test: { projects: [project('unit', 10_000), project('flow', 30_000), project('contract', 30_000), project('model', 120_000)] }
})

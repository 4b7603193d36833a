/**
 * The tests that Stryker runs against each mutant. Files share a process, which halves the time;
 * they hold no state across files.
 */
import { defineConfig } from 'vitest/config'
import { alias, setupFiles } from '../../../vitest.config'

export default defineConfig({
  resolve: { alias },
  test: {
    include: (process.env.MUTATION_TESTS ?? '').split(' '),
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    setupFiles
  }
})

import { defineConfig } from '@playwright/test'

/** The runner (scripts/e2e-suites.ts) starts the app and finds a browser; this only says how tests are run. */
const { path, env = {} } = JSON.parse(process.env.E2E_CHROMIUM ?? '{}') as { path?: string; env?: Record<string, string> }

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  timeout: 60_000,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  use: {
    baseURL: (JSON.parse(process.env.E2E_STACK ?? '{}') as { appUrl?: string }).appUrl,
    trace: 'retain-on-failure',
    launchOptions: { executablePath: path, env: { ...(process.env as Record<string, string>), ...env } }
  }
})

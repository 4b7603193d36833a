import { defineConfig } from '@playwright/test'
import { FAULT_SPECS, type StackVariable } from '@/tests/e2e/support/stack'

/** The runner (scripts/suites/e2e-suites.ts) starts the app and finds a browser. */
const { path, env = {} } = JSON.parse(process.env.E2E_CHROMIUM ?? '{}') as {
  path?: string
  env?: Record<string, string>
}

const specs = (names: readonly string[]) => new RegExp(`/(${names.join('|')})\\.spec\\.ts$`)
const FAULTS = specs(FAULT_SPECS)
/** Tests that inspect what the other tests left. */
const LAST = specs(['leftovers'])

/** Run only with `npm run test:long`: whole files, and single tests marked @long. */
const LONG = process.env.TEST_LONG ? [] : [/(offline|translated|slow-phone)\.spec\.ts$/]
/** Run only with `npm run test:visual`: screenshots for review, into test-results/shots. */
const VISUAL = process.env.E2E_VISUAL ? [] : [/screenshots\.spec\.ts$/]

/** Browsers that Playwright does not drive (scripts/suites/browser-suites.ts). */
const OTHER_BROWSERS = {
  name: 'other-browsers',
  testDir: 'tests/e2e/browsers',
  timeout: 400_000,
  workers: 1
}

/** The build behind a real nginx, with its certificate (scripts/suites/delivery-site.ts). */
const NGINX_SITE = { name: 'nginx-site', testDir: 'tests/e2e/nginx-site', workers: 1 }

const urlIn = (variable: StackVariable) =>
  (JSON.parse(process.env[variable] ?? '{}') as { appUrl?: string }).appUrl
const appUrl = urlIn('E2E_STACK')

export default defineConfig<object, { stackVariable: StackVariable }>({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  timeout: 90_000,
  expect: { timeout: 10_000 },
  fullyParallel: true,
  // Two processors are idle at times with two: tests wait for jobs, webhooks and each other's pages.
  workers: 3,
  retries: 0,
  forbidOnly: true,
  ...(process.env.TEST_LONG ? {} : { grepInvert: /@long/ }),
  projects: process.env.E2E_BROWSER
    ? [OTHER_BROWSERS]
    : process.env.E2E_NGINX
      ? [NGINX_SITE]
      : [
          // First, because they run one after another.
          {
            name: 'faults',
            testMatch: FAULTS,
            workers: 1,
            fullyParallel: false,
            use: { baseURL: urlIn('E2E_FAULT_STACK'), stackVariable: 'E2E_FAULT_STACK' }
          },
          {
            name: 'together',
            testIgnore: [FAULTS, LAST, ...LONG, ...VISUAL, '**/browsers/**', '**/nginx-site/**']
          },
          { name: 'last', testMatch: LAST, dependencies: ['together', 'faults'] }
        ],
  use: {
    baseURL: appUrl,
    // A service worker's requests cannot be routed; the test about it allows it.
    serviceWorkers: 'block',
    // Drawing an endless animation takes the processor from the page under test.
    contextOptions: { reducedMotion: 'reduce' },
    ignoreHTTPSErrors: appUrl?.startsWith('https://localhost') ?? false,
    screenshot: 'only-on-failure',
    trace: process.env.E2E_TRACE ? 'retain-on-failure' : 'off',
    launchOptions: {
      executablePath: path,
      env: { ...(process.env as Record<string, string>), ...env },
      // In addition to the check of every request: only this machine's names resolve.
      args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1']
    }
  }
})

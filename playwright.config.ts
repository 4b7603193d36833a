import { defineConfig } from '@playwright/test'

/** The runner (scripts/suites/e2e-suites.ts) starts the app and finds a browser. */
const { path, env = {} } = JSON.parse(process.env.E2E_CHROMIUM ?? '{}') as {
  path?: string
  env?: Record<string, string>
}

/** Tests that break a vendor for everyone, or inspect what the other tests left. */
const ALONE = /(vendor-faults|vendor-outages|agreements-update|recovery|canary)\.spec\.ts$/

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

const { appUrl } = JSON.parse(process.env.E2E_STACK ?? '{}') as { appUrl?: string }

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  timeout: 90_000,
  expect: { timeout: 10_000 },
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  ...(process.env.TEST_LONG ? {} : { grepInvert: /@long/ }),
  projects: process.env.E2E_BROWSER
    ? [OTHER_BROWSERS]
    : process.env.E2E_NGINX
      ? [NGINX_SITE]
      : [
          {
            name: 'together',
            testIgnore: [ALONE, ...LONG, ...VISUAL, '**/browsers/**', '**/nginx-site/**']
          },
          {
            name: 'alone',
            testMatch: ALONE,
            dependencies: ['together'],
            workers: 1,
            fullyParallel: false
          }
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

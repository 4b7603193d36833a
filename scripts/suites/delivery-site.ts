/**
 * The browser journey through a real nginx with the site of deploy/nginx, on the build in another
 * folder as a user who can write nowhere. Only the vendors are emulated.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from '@/scripts/chromium.mjs'
import { freePort } from '@/scripts/stack/ports'
import { playwright } from '@/scripts/suites/e2e-suites'
import type { Counts, SuiteContext } from '@/scripts/suites/suite'
import { APP_PORT, stackForTests, startTestStack } from '@/scripts/suites/test-stack'
import { type Nginx, startNginx } from '@/tests/delivery/support/nginx'
import { killAll, serve } from '@/tests/delivery/support/served'

export const NGINX = '/usr/sbin/nginx'

/** @param dist the build, made with the keys of the emulators. */
export async function walkSite(context: SuiteContext, dist: string): Promise<Counts> {
  const browser = await findChromium(context.env)
  if (!browser) return { passed: 0, failed: 1, output: 'There is no Chromium here.' }
  const port = await freePort(APP_PORT + 2)
  const nginx = await startNginx(NGINX, [port])
  try {
    return await walk(context, { dist, port, nginx, browser })
  } finally {
    killAll()
    await nginx.stop()
  }
}

type Site = { dist: string; port: number; nginx: Nginx; browser: object }

async function walk(context: SuiteContext, { dist, port, nginx, browser }: Site): Promise<Counts> {
  const certificate = join(context.dataDir, 'certificate.pem')
  writeFileSync(certificate, nginx.certificate)
  const env = {
    ...context.env,
    APP_URL: `https://localhost:${nginx.httpsPort}`,
    // Emulators and tests reach the app through nginx too.
    NODE_EXTRA_CA_CERTS: certificate,
    E2E_ONLY: 'site',
    E2E_NGINX: '1'
  }
  const site = { ...context, env }
  let died = ''
  // The stack's own app serves no requests and runs no jobs.
  const stack = await startTestStack(
    site,
    (why) => {
      died = why
    },
    { WORKER: 'off' }
  )
  try {
    // `serve` sets NODE_ENV itself; with it, it would refuse the emulators' plain addresses.
    const own = { PORT: String(port), WORKER: 'on', AUDIT_HEADS_FILE: '', NODE_ENV: '' }
    const served = await serve(dist, port, { ...stack.env, ...own })
    const counts = await playwright(site, { E2E_STACK: stackForTests(site, stack) }, browser)
    served.signal('SIGTERM')
    const code = await served.ended
    const trouble = [died, code === 0 ? '' : served.output()].filter(Boolean)
    return {
      ...counts,
      failed: counts.failed + trouble.length,
      output: [counts.output, ...trouble].join('\n')
    }
  } finally {
    await stack.stop()
  }
}

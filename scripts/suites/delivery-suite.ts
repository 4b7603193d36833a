/**
 * A deployment and its surroundings: the build in `dist` as another user on another
 * folder, the templates of deploy/, nginx and systemd.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundle } from '@/scripts/deployment/bundle'
import { buildOnce } from '@/scripts/stack/production-build'
import { NGINX, walkSite } from '@/scripts/suites/delivery-site'
import { installFromApt, openPostgres } from '@/scripts/suites/postgres'
import type { Counts, Suite, SuiteContext } from '@/scripts/suites/suite'
import { publicEnv } from '@/scripts/suites/test-stack'
import { vitest } from '@/scripts/suites/vitest-suites'
import { prepare } from '@/tests/delivery/support/served'

async function delivery(context: SuiteContext): Promise<Counts> {
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (!existsSync(NGINX) && mayInstall) installFromApt('nginx')
  // Its promtool tests the alert rules.
  if (!existsSync('/usr/bin/promtool') && mayInstall) installFromApt('prometheus')
  const server = await openPostgres(context.env)
  if (!server) return { passed: 0, failed: 0, notRun: 'there is no Postgres here', output: '' }
  const dist = join(mkdtempSync(join(tmpdir(), 'pangea-delivery-')), 'pangea')
  const env = publicEnv(context.env)
  try {
    await buildOnce(context.root, env, context.dataDir, { standalone: true })
    await bundle(context.root, dist, env)
    prepare(dist)
    const extra = { DELIVERY_DIST: dist, TEST_DATABASE_URL: server.url }
    const parts = await vitest(context, { name: 'delivery', env: extra })
    for (const [figure] of parts.output.matchAll(/^figures: .*$/gm)) console.log(`  ${figure}`)
    // Single files need no browser.
    if (context.env.TEST_FILES) return parts
    const site = await walkSite(context, dist)
    return {
      passed: parts.passed + site.passed,
      failed: parts.failed + site.failed,
      output: [parts.output, site.output].join('\n')
    }
  } finally {
    await server.close()
    rmSync(join(dist, '..'), { recursive: true, force: true })
  }
}

export const DELIVERY_SUITES: Suite[] = [
  { name: 'delivery', budgetSeconds: 900, onlyLong: true, run: delivery }
]

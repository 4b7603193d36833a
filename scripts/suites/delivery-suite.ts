/** What is in front of a deployment, with the real programs. */
import { existsSync } from 'node:fs'
import { installFromApt } from '@/scripts/suites/postgres'
import type { Counts, Suite, SuiteContext } from '@/scripts/suites/suite'
import { vitest } from '@/scripts/suites/vitest-suites'
import { findNginx } from '@/tests/delivery/support/nginx'

async function delivery(context: SuiteContext): Promise<Counts> {
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (!findNginx() && mayInstall) installFromApt('nginx')
  if (!findNginx()) return { passed: 0, failed: 0, notRun: 'install nginx', output: '' }
  return vitest(context, { name: 'delivery' })
}

export const DELIVERY_SUITES: Suite[] = [
  { name: 'delivery', budgetSeconds: 60, onlyLong: true, run: delivery }
]

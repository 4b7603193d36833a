/** Gets the browser and the Postgres server that later suites would otherwise wait for. */
import { APT_INSTALL, APT_UPDATE, missesServer } from '@/scripts/suites/postgres'
import { runCommand, runNode, type Suite, type SuiteContext } from '@/scripts/suites/suite'

/** Whatever fails here is tried again by the suite that needs it, which says why. */
export async function prepareTools(context: SuiteContext, suites: Suite[]): Promise<void> {
  const needs = (name: string) => suites.some((suite) => suite.name === name)
  if (needs('e2e')) await runNode(context, 'browser', ['scripts/chromium.mjs'])
  if (!needs('flow-postgres') || !missesServer(context.env)) return
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await runCommand(context, 'apt', 'apt-get', APT_UPDATE, env)
  await runCommand(context, 'apt', 'apt-get', [...APT_INSTALL, 'postgresql'], env)
}

import { expect, test } from '@/tests/e2e/support/fixtures'
import { type OwnStack, startOwnStack } from '@/tests/e2e/support/own-stack'
import { stack, switchStack } from '@/tests/e2e/support/stack'
import { runJourney } from '@/tests/e2e/support/steps/journey'

test.describe.configure({ timeout: 240_000 })

test('@long XATA_TRANSPORT=http runs the app through @xata.io/client and the gateway, from migrations to live transactions', async ({
  open
}) => {
  let own: OwnStack | undefined
  let back = () => {}
  try {
    own = await startOwnStack({ XATA_TRANSPORT: 'http' }, 3_800)
    back = switchStack(own.stack)
    expect(own.output()).toContain('(Clerk, Plaid, Jiko, Xata, Xata gateway, Mail)')
    expect(own.output()).toMatch(/Storage +Xata over HTTP, through @xata\.io\/client/)
    const options = { baseURL: stack.appUrl }
    // Every statement is a request here, next to the other tests' stack.
    await runJourney(await open(undefined, options), (user) => open(user, options))
    const gateway = new URL(stack.databaseUrl)
    const health = await fetch(`http://127.0.0.1:${Number(gateway.port) + 1}/_sandbox/health`)
    expect(((await health.json()) as { requests: number }).requests).toBeGreaterThan(100)
  } finally {
    back()
    await own?.stop()
  }
})

import { linkBank } from '@/tests/e2e/support/api'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { heading } from '@/tests/e2e/support/onboarding-pages'

/** A cheap phone against the machine that runs the tests. */
const SLOWDOWN = 6

test('on a slow phone what the server drew is taken over without a fault, though Clerk’s script is there before React', async ({
  home: page,
  user: person
}) => {
  test.setTimeout(120_000)
  await linkBank(person)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
  // Which of the two scripts is first is chance, so it is given three.
  for (let visit = 0; visit < 3; visit++) {
    await page.goto('/dashboard')
    await expect(page.getByRole('button', { name: 'Open user menu' })).toBeVisible({
      timeout: 30_000
    })
    await expect(heading(page, 'Dashboard')).toBeVisible()
  }
})

import { linkBank } from '@/tests/e2e/support/api'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { heading } from '@/tests/e2e/support/steps/onboarding-pages'

/** Slows the CPU down to that of a cheap phone. */
const SLOWDOWN = 6

test('on a slow phone, hydration succeeds even when Clerk’s script loads before React', async ({
  home: page,
  user
}) => {
  test.setTimeout(120_000)
  await linkBank(user)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
  // The order of the two scripts is random, so three attempts.
  for (let visit = 0; visit < 3; visit++) {
    await page.goto('/dashboard')
    await expect(page.getByRole('button', { name: 'Open user menu' })).toBeVisible({
      timeout: 30_000
    })
    await expect(heading(page, 'Dashboard')).toBeVisible()
  }
})

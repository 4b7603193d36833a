/** A newer bundle of agreements is one for everybody, so this runs alone. */
import { fillIn, SSN } from '@/tests/e2e/support/api'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { agree, go, heading } from '@/tests/e2e/support/onboarding-pages'
import { press } from '@/tests/e2e/support/vendors'

test('newer agreements send the person back to them, saying why', async ({
  home: page,
  person
}) => {
  await fillIn(person)
  await page.goto('/onboarding/submit')
  await press('jiko', '/agreements/publish', {})
  await page.getByLabel('What is your Social Security number?').fill(SSN)
  await go(page, 'Submit application')
  await expect(page).toHaveURL(/\/onboarding\/agreements$/)
  await expect(page.getByText('The bank has updated these documents')).toBeVisible()
  await agree(page)
  await expect(heading(page, 'Check your answers')).toBeVisible()
})

/** What all other tests left in the database and in the logs; this test runs last. */
import { expect, test } from '@/tests/e2e/support/fixtures'
import { expectNoSecrets, placesOf, storedTexts } from '@/tests/e2e/support/leaks'
import { stack } from '@/tests/e2e/support/stack'

test('no table and no log has an access token or one of our keys', async () => {
  const texts = await storedTexts(stack)
  expectNoSecrets(stack, texts)
  // The same search finds what is present, so an empty result is meaningful.
  expect(placesOf([stack.appUrl], texts).length).toBeGreaterThan(0)
})

/** The optional start with a bank: its details are confirmed, not typed. */
import { accessibilityViolations, overflowingElements } from '@/tests/e2e/support/accessibility'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import {
  BANK,
  chooseBank,
  linkThroughLink,
  logIn,
  openLink,
  shareAccounts
} from '@/tests/e2e/support/steps/link-pages'
import {
  acceptAgreements,
  answerQuestions,
  clickContinue,
  confirmPhone,
  heading,
  QUESTION_PAGES,
  submit
} from '@/tests/e2e/support/steps/onboarding-pages'
import { createTestUser, newPhone } from '@/tests/e2e/support/users'

/** Plaid's own test owner has a phone number that no phone can have. */
const loginWith = (phone: string) =>
  JSON.stringify({
    override_accounts: [
      {
        type: 'depository',
        subtype: 'checking',
        starting_balance: 900,
        identity: {
          names: ['ADA OKAFOR'],
          emails: [],
          phone_numbers: [{ data: phone.replace('+1', ''), primary: true, type: 'mobile1' }],
          addresses: [
            {
              primary: true,
              data: {
                street: '1 Market Street',
                city: 'San Francisco',
                region: 'CA',
                postal_code: '94105',
                country: 'US'
              }
            }
          ]
        }
      }
    ]
  })
/** What a user types at the bank, in both journeys. */
const BANK_LOGIN_KEYS = 'user_good'.length + 'pass_good'.length
/** An average typist's time for one key (Card, Moran and Newell). */
const SECONDS_PER_KEY = 0.28

const SUGGESTED = ['name', 'phone', 'address']

async function useBank(page: Page): Promise<void> {
  await openLink(page, 'Use my bank')
  await chooseBank(page)
  await logIn(page, loginWith(newPhone()), 'user_custom')
  await shareAccounts(page)
}

async function confirmQuestions(page: Page, checkEach: boolean): Promise<void> {
  for (const { segment, title, answer } of QUESTION_PAGES) {
    await expect(heading(page, title)).toBeVisible()
    const isSuggested = SUGGESTED.includes(segment)
    const notice = page.getByText(`From ${BANK}. Check it`)
    if (isSuggested) await expect(notice).toBeVisible()
    else {
      await expect(notice).toHaveCount(0)
      await answer(page, 'Okafor')
    }
    if (checkEach && isSuggested) {
      expect(await accessibilityViolations(page), segment).toEqual([])
      expect(await overflowingElements(page), segment).toEqual([])
    }
    await clickContinue(page)
    if (segment === 'phone') await confirmPhone(page)
  }
}

/** Counts the characters that appear in the fields of our pages. */
async function countKeys(page: Page): Promise<() => number> {
  let keys = 0
  await page.exposeFunction('reportKeys', (count: number) => {
    keys += count
  })
  await page.addInitScript(() => {
    if (window !== window.top) return
    const before = new WeakMap<EventTarget, number>()
    const report = (window as unknown as { reportKeys: (count: number) => void }).reportKeys
    document.addEventListener('input', ({ target }) => {
      if (!(target instanceof HTMLInputElement) || ['radio', 'checkbox'].includes(target.type))
        return
      // Numbers are formatted while they are typed.
      const { value } = target
      const { length } = /\p{L}/u.test(value) ? value : value.replace(/\D/g, '')
      report(Math.max(0, length - (before.get(target) ?? 0)))
      before.set(target, length)
    })
  })
  return () => keys
}

test('a bank that is linked first fills in name, phone number and address, to be confirmed', async ({
  home: page
}) => {
  await page.goto('/onboarding')
  await expect(page.getByRole('region', { name: 'Fill it in from your bank' })).toBeVisible()
  expect(await accessibilityViolations(page)).toEqual([])
  await useBank(page)
  await expect(page.getByLabel('First name')).toHaveValue('Ada', { timeout: 15_000 })
  await expect(page.getByLabel('Last name')).toHaveValue('Okafor')
  await expect(page.getByRole('button', { name: 'Use my bank' })).toHaveCount(0)
  await page.setViewportSize({ width: 390, height: 844 })
  await confirmQuestions(page, true)
  await expect(heading(page, /Read and agree/)).toBeVisible()
})

test('@long the journey with the bank first takes fewer keystrokes', async ({ open }) => {
  test.setTimeout(240_000)
  const measure = async (journey: (page: Page) => Promise<void>) => {
    const page = await open(await createTestUser())
    const keys = await countKeys(page)
    const start = Date.now()
    await page.goto('/onboarding')
    await journey(page)
    const seconds = Math.round((Date.now() - start) / 1_000)
    const total = keys() + BANK_LOGIN_KEYS
    return { keys: total, seconds, typing: Math.round(total * SECONDS_PER_KEY) }
  }
  const before = await measure(async (page) => {
    await answerQuestions(page)
    await acceptAgreements(page)
    await submit(page)
    await expect(page.getByText('Your account is open')).toBeVisible({ timeout: 30_000 })
    await linkThroughLink(page)
    await expect(page.getByRole('heading', { name: `${BANK} is added` })).toBeVisible()
  })
  const after = await measure(async (page) => {
    await useBank(page)
    await expect(page.getByLabel('First name')).toHaveValue('Ada', { timeout: 15_000 })
    await confirmQuestions(page, false)
    await acceptAgreements(page)
    await submit(page)
    await expect(heading(page, 'Dashboard')).toBeVisible({ timeout: 30_000 })
  })
  const change = Math.round((after.keys / before.keys - 1) * 100)
  console.log(`keystrokes ${before.keys} → ${after.keys} (${change} %)`)
  console.log(`typing at ${SECONDS_PER_KEY} s a key: ${before.typing} s → ${after.typing} s`)
  console.log(`the script: ${before.seconds} s → ${after.seconds} s`)
  expect(after.keys).toBeLessThan(before.keys * 0.6)
})

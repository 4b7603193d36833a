/** The onboarding pages. */
import { expect, type Page } from '@playwright/test'
import { QUESTIONS } from '@/lib/domain/onboarding/onboarding'
import { esignCheckNumber, SSN } from '@/tests/e2e/support/api'
import { CODE } from '@/tests/e2e/support/steps/clerk-pages'
import { newPhone } from '@/tests/e2e/support/users'

export const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name })
export const clickContinue = (page: Page, name = 'Continue') =>
  page.getByRole('button', { name, exact: true }).click()

/** Each question: its heading and its answer. */
type QuestionPage = {
  segment: string
  title: string
  answer: (page: Page, lastName: string) => Promise<void>
  /** Steps between this question and the next. */
  afterwards?: (page: Page) => Promise<void>
}
const PAGES: QuestionPage[] = [
  {
    segment: 'name',
    title: 'What is your legal name?',
    answer: async (page, lastName) => {
      await page.getByLabel('First name').fill('Ada')
      await page.getByLabel('Last name').fill(lastName)
    }
  },
  {
    segment: 'date-of-birth',
    title: 'What is your date of birth?',
    answer: async (page) => {
      await page.getByLabel('Month').fill('3')
      await page.getByLabel('Day').fill('27')
      await page.getByLabel('Year').fill('1985')
    }
  },
  {
    segment: 'citizenship',
    title: 'What is your citizenship?',
    answer: (page) =>
      page.getByRole('radio', { name: 'I am a citizen of the United States' }).check()
  },
  {
    segment: 'phone',
    title: 'What is your mobile phone number?',
    answer: (page) => page.getByLabel('What is your mobile phone number?').fill(newPhone()),
    afterwards: confirmPhone
  },
  {
    segment: 'address',
    title: 'Where do you live?',
    answer: async (page) => {
      await page.getByLabel('Street address').fill('1 Market Street')
      await page.getByLabel('City').fill('San Francisco')
      await page.getByLabel('State').selectOption('CA')
      await page.getByLabel('ZIP code').fill('94105')
    }
  },
  {
    segment: 'work',
    title: 'Which describes your work best?',
    answer: async (page) => {
      await page.getByRole('radio', { name: 'Employed', exact: true }).check()
      await page.getByLabel('Job title').fill('Engineer')
    }
  },
  {
    segment: 'income',
    title: 'How much do you earn in a year?',
    answer: (page) => page.getByRole('radio', { name: '$50,000 to $100,000' }).check()
  },
  {
    segment: 'net-worth',
    title: 'What is your net worth?',
    answer: (page) => page.getByRole('radio', { name: '$50,000 to $200,000' }).check()
  },
  { segment: 'affiliations', title: 'Does either of these apply to you?', answer: async () => {} }
]

/** In the order of pangea.config.ts. */
export const QUESTION_PAGES = QUESTIONS.flatMap((question) =>
  PAGES.filter(({ segment }) => segment === question.segment)
)

/** Answers all questions, from the first or the current one. */
export async function answerQuestions(page: Page, lastName = 'Okafor', from = 0): Promise<void> {
  for (const { segment, title, answer, afterwards } of QUESTION_PAGES.slice(from)) {
    await expect(heading(page, title)).toBeVisible()
    await expect(page).toHaveURL(new RegExp(`/onboarding/${segment}$`))
    await answer(page, lastName)
    await clickContinue(page)
    await afterwards?.(page)
  }
}

/** The number on the e-sign test page. */
export const esignCheckNumberOn = async (page: Page) =>
  esignCheckNumber(
    (await page.getByRole('link', { name: /^Test page/ }).getAttribute('href')) ?? ''
  )

/** Requests the code by text message and types it. */
export async function confirmPhone(page: Page): Promise<void> {
  await expect(heading(page, 'Confirm your phone number')).toBeVisible()
  await clickContinue(page, 'Text me a code')
  await page.getByLabel('Code from the text message').fill(CODE)
  await clickContinue(page)
}

export const NUMBER = 'Or type the number on the test page'
const GROUPS = [/my bank account/, /my investments/, /the service in general/]

export async function agreeElectronically(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: /documents electronically/ }).check()
  await clickContinue(page, 'Agree to electronic documents')
}

/** One consent for each group, once the consent to electronic documents is stored. */
export async function agreeToGroups(page: Page): Promise<void> {
  for (const name of GROUPS) await page.getByRole('checkbox', { name }).check()
  await clickContinue(page)
}

export async function acceptAgreements(page: Page): Promise<void> {
  await expect(heading(page, /Read and agree/)).toBeVisible()
  await page.getByLabel(NUMBER).fill(await esignCheckNumberOn(page))
  await agreeElectronically(page)
  await agreeToGroups(page)
}

/** From the review page to the application's outcome. */
export async function submit(page: Page, ssn = SSN): Promise<void> {
  await expect(heading(page, 'Check your answers')).toBeVisible()
  await page.getByRole('link', { name: 'Continue', exact: true }).click()
  await sendSsn(page, ssn)
}

export async function sendSsn(page: Page, ssn = SSN): Promise<void> {
  await page
    .getByLabel(/Social Security number/)
    .first()
    .fill(ssn)
  await clickContinue(page, 'Submit application')
}

/** From the landing page to an opened account, in a WebDriver browser. */
import { type Screen, until } from '@/tests/e2e/browsers/screen'
import { ELEMENT } from '@/tests/e2e/browsers/webdriver'
import { esignCheckNumber, SSN } from '@/tests/e2e/support/api'
import { stack } from '@/tests/e2e/support/stack'
import { CODE } from '@/tests/e2e/support/steps/clerk-pages'
import { newPhone, PASSWORD } from '@/tests/e2e/support/users'

/** Called in each state, with its heading. */
type State = (heading: string | RegExp) => Promise<void>

export async function onboard(screen: Screen, email: string, state: State): Promise<void> {
  const next = () => screen.press('button', 'Continue')
  await signUp(screen, email, state)
  await answerPersonalQuestions(screen, state, next)
  await answerFinancialQuestions(screen, state, next)
  await submit(screen, state, next)
}

const CODE_IS_SENT = `
  return performance.getEntriesByType('resource')
    .some(({ name }) => name.includes('/prepare_verification')) || null`

/** Clerk's response to sending the code must arrive before the code is typed (clerk-pages.ts). */
const codeIsSent = (screen: Screen) =>
  until('the sent code', () => screen.run<boolean | null>(CODE_IS_SENT))

async function signUp(screen: Screen, email: string, state: State): Promise<void> {
  await screen.goto(`${stack.appUrl}/`)
  await state(/All your money/)
  await screen.goto(`${stack.appUrl}/sign-up`)
  await state(/Create your account/)
  await screen.type('Email address', email)
  await screen.type('Password', PASSWORD)
  await screen.hasText('Your password meets all the necessary requirements')
  await screen.press('button', 'Continue')
  await state('Verify your email')
  await codeIsSent(screen)
  await screen.type('Enter verification code', CODE)
}

type Next = () => Promise<void>

async function answerPersonalQuestions(screen: Screen, state: State, next: Next): Promise<void> {
  await state('What is your legal name?')
  await screen.type('First name', 'Ada')
  await screen.type('Last name', 'Okafor')
  await next()
  await state('What is your date of birth?')
  await screen.type('Month', '3')
  await screen.type('Day', '27')
  await screen.type('Year', '1985')
  await next()
  await state('What is your citizenship?')
  await screen.press('radio', /I am a citizen of the United States/)
  await next()
  await state('What is your mobile phone number?')
  await screen.type(/mobile phone number/, newPhone())
  await next()
  await state('Confirm your phone number')
  await screen.press('button', 'Text me a code')
  await screen.type('Code from the text message', CODE)
  await next()
  await state('Where do you live?')
  await screen.type('Street address', '1 Market Street')
  await screen.type('City', 'San Francisco')
  await screen.choose('option[value="CA"]')
  await screen.type('ZIP code', '94105')
  await next()
}

async function answerFinancialQuestions(screen: Screen, state: State, next: Next): Promise<void> {
  await state('Which describes your work best?')
  await screen.press('radio', /^Employed/)
  await screen.type('Job title', 'Engineer')
  await next()
  for (const question of ['How much do you earn in a year?', 'What is your net worth?']) {
    await state(question)
    await screen.press('radio', /^\$50,000 to/)
    await next()
  }
  await state('Does either of these apply to you?')
  await next()
}

async function submit(screen: Screen, state: State, next: Next): Promise<void> {
  await state(/Read and agree/)
  const link = { [ELEMENT]: await screen.find('link', /^Test page/) }
  const page = await screen.run<string>('return arguments[0].getAttribute("href")', link)
  const number = await esignCheckNumber(page)
  await screen.type('Or type the number on the test page', number)
  await screen.press('checkbox', /documents electronically/)
  await screen.press('button', 'Agree to electronic documents')
  for (const group of [/my bank account/, /my investments/, /the service in general/])
    await screen.press('checkbox', group)
  await next()
  await state('Check your answers')
  await screen.press('link', 'Continue')
  await state(/Social Security number/)
  await screen.type(/Social Security number/, SSN)
  await screen.press('button', 'Submit application')
  await state('Two next steps')
  await screen.hasText('Your account is open')
  await screen.press('button', 'Show numbers')
  await screen.find('button', 'Hide numbers')
}

/** The whole journey of one user over the API: from sign-up to the transactions of a bank. */
import { randomUUID } from 'node:crypto'
import { type Client, createClient } from '@/lib/client'
import { until } from '@/scripts/example/until'

/** The vendors' part in the journey, beside the API. */
export type Vendors = {
  /** Signs a new user up at Clerk, with a verified phone number. */
  signUp(): Promise<{ phone: string; token: () => Promise<string> }>
  /** The result of Plaid Link after the user chose a bank. */
  choosesBank(): Promise<string>
}
type Step = { name: string; ms: number }

/** Fictional; the emulator of Jiko approves this applicant. */
const SSN = '219-09-9999'

type Draft = Parameters<Client['putApplicationDraft']>[0]['body']
const answers = (phone: string, lastName: string): Draft[] => [
  { question: 'name', answer: { firstName: 'Ada', lastName } },
  { question: 'dateOfBirth', answer: { month: '3', day: '27', year: '1985' } },
  { question: 'citizenship', answer: { citizen: 'US' } },
  { question: 'phone', answer: { number: phone } },
  {
    question: 'address',
    answer: { street: '1 Market Street', city: 'San Francisco', state: 'CA', postalCode: '94105' }
  },
  { question: 'work', answer: { employment: 'EMPLOYED', occupation: 'Engineer' } },
  { question: 'income', answer: { income: 'BETWEEN_50K_AND_100K' } },
  { question: 'netWorth', answer: { netWorth: 'BETWEEN_50K_AND_200K' } },
  { question: 'affiliations', answer: {} }
]

/** @returns what was done and how long each step took. @throws ApiError for a refusal. */
export async function runJourney(
  baseUrl: string,
  vendors: Vendors,
  fetch = globalThis.fetch
): Promise<{ steps: Step[]; transactions: number }> {
  const steps: Step[] = []
  const step = async <T>(name: string, run: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now()
    const result = await run()
    steps.push({ name, ms: Math.round(performance.now() - startedAt) })
    return result
  }
  const { phone, token } = await step('sign up at Clerk', vendors.signUp)
  const pangea = createClient({ baseUrl, token, fetch })
  await step('answer nine questions', () => answerQuestions(pangea, phone))
  await step('accept the agreements', () => acceptAgreements(pangea, baseUrl))
  await step('submit the application', () => submit(pangea))
  await step('wait for the account', () => until(async () => (await account(pangea)) !== null))
  const id = await step('link a bank', async () => {
    const body = { public_token: await vendors.choosesBank() }
    return (await pangea.postBankSetAccessToken({ body, idempotencyKey: randomUUID() }))
      .connectionId
  })
  await step('wait for the history', () =>
    until(async () => {
      const { history, sync } = await pangea.getConnectionsById({ params: { id } })
      return history === 'HISTORICAL_UPDATE_COMPLETE' && sync?.status === 'completed'
    })
  )
  const transactions = await step('read all transactions', () => countTransactions(pangea))
  await step('read accounts, net worth, spending and cash flow', () => readReports(pangea))
  return { steps, transactions }
}

/** @param lastName decides what Jiko's emulator answers. @param count of the nine questions. */
export async function answerQuestions(
  pangea: Client,
  phone: string,
  { lastName = 'Okafor', count = Number.POSITIVE_INFINITY } = {}
): Promise<void> {
  const first = answers(phone, lastName).slice(0, count)
  for (const body of first) await pangea.putApplicationDraft({ body })
}

export async function acceptAgreements(pangea: Client, baseUrl: string): Promise<void> {
  const { version, documents, testPage } = await pangea.getApplicationAgreements()
  // A person reads the number in the PDF, which shows that they can open the documents.
  const pdf = await (await fetch(new URL(testPage ?? '', baseUrl))).text()
  const shown = /\((\d{4})\) Tj/.exec(pdf)?.[1] ?? ''
  await pangea.postApplicationAgreementsEsign({ body: { version, shown, agreed: true } })
  const agreed = [...new Set(documents.map(({ category }) => category))]
  await pangea.postApplicationAgreements({ body: { version, agreed } })
}

/** Sent twice, as after a lost answer: the application is submitted once. */
export async function submit(pangea: Client): Promise<void> {
  const request = { body: { ssn: SSN }, idempotencyKey: randomUUID() }
  await pangea.postApplicationSubmit(request)
  await pangea.postApplicationSubmit(request)
}

export const account = (pangea: Client) =>
  pangea.getAccount().catch((thrown: { code?: string }) => {
    if (thrown.code === 'not_found') return null
    throw thrown
  })

async function countTransactions(pangea: Client): Promise<number> {
  let count = 0
  let cursor: string | undefined
  do {
    const page = await pangea.getTransactions({
      query: { limit: 200, ...(cursor ? { cursor } : {}) }
    })
    count += page.items.length
    cursor = page.next ?? undefined
  } while (cursor)
  return count
}

async function readReports(pangea: Client): Promise<void> {
  await pangea.getMe()
  await pangea.getApplication()
  await pangea.getConnections()
  await pangea.getAccounts({ query: {} })
  await pangea.getNetWorth()
  await pangea.getSpending({ query: {} })
  await pangea.getCashFlow({ query: { months: 3 } })
  await pangea.getRecurring({ query: {} })
}

/** The users of the demo, made over the API as any user is. */
import { Products } from 'plaid'
import { type Client, createClient } from '@/lib/client'
import { chooseBank, chooseFundingBank } from '@/scripts/example/banks'
import { acceptAgreements, account, answerQuestions, submit } from '@/scripts/example/journey'
import { setting } from '@/scripts/example/settings'
import { until } from '@/scripts/example/until'
import { type SignedUpUser, signUp, startSession } from '@/scripts/example/users'

/** Ids at Clerk. */
export type DemoUsers = { main: string; halfWay: string }

const { Transactions, Liabilities, Investments } = Products
const EVERYDAY = [Transactions, Liabilities, Investments]
const BANKS: [institution: string, products: Products[]][] = [
  ['ins_109508', EVERYDAY],
  ['ins_109509', EVERYDAY],
  ['ins_109512', EVERYDAY],
  ['ins_900002', [Investments]]
]
/** The bank that asks for a new sign-in. */
const BROKEN = 1
const ANSWERED = 5
const DAYS = 730
const RETURNED = 'R01'

export async function seedDemo(baseUrl: string): Promise<DemoUsers> {
  const [main, halfWay] = await Promise.all([signUp('demo'), signUp('demo-half-way')])
  const clientOf = ({ token }: Pick<SignedUpUser, 'token'>) => createClient({ baseUrl, token })
  await answerQuestions(clientOf(halfWay), halfWay.phone, { count: ANSWERED })
  const pangea = clientOf(main)
  await openAccount(pangea, main, baseUrl)
  await linkBanks(pangea)
  await addAssets(pangea)
  await moveMoney(clientOf({ token: await startSession(main.id) }))
  return { main: main.id, halfWay: halfWay.id }
}

async function openAccount(pangea: Client, user: SignedUpUser, baseUrl: string): Promise<void> {
  await answerQuestions(pangea, user.phone)
  await acceptAgreements(pangea, baseUrl)
  await submit(pangea)
  await until(async () => (await account(pangea)) !== null)
}

async function linkBanks(pangea: Client): Promise<void> {
  const ids: string[] = []
  for (const [institution, products] of BANKS) {
    const public_token = await chooseBank(products, { institution, days: DAYS })
    const body = { public_token }
    ids.push((await pangea.postBankSetAccessToken({ body })).connectionId)
  }
  const hasHistory = async (id: string) => {
    const { history, sync } = await pangea.getConnectionsById({ params: { id } })
    return history === 'HISTORICAL_UPDATE_COMPLETE' && sync?.status === 'completed'
  }
  // The brokerage has no history of transactions.
  const everyday = ids.filter((_, n) => BANKS[n]?.[1].includes(Transactions))
  for (const id of everyday) await until(() => hasHistory(id))
  const params = { id: ids[BROKEN] ?? '' }
  await pangea.postConnectionsByIdSandboxActions({ params, body: { kind: 'reset_login' } })
}

async function addAssets(pangea: Client): Promise<void> {
  const on = new Date(Date.now() - DAYS * 86_400_000).toISOString().slice(0, 10)
  const home = { name: 'Home', kind: 'home', currency: 'USD', value: '412000', on } as const
  const car = { name: 'Car', kind: 'vehicle', currency: 'USD', value: '18500', on } as const
  for (const body of [home, car]) await pangea.postAssets({ body })
}

/** A deposit that arrived and one that the other bank returned. */
async function moveMoney(pangea: Client): Promise<void> {
  const { items } = await pangea.postAccountCounterparties({ body: await chooseFundingBank() })
  const bank = items[0]?.id ?? ''
  await deposit(pangea, { bank, amount: '850.00' }, { status: 'PROCESSED' })
  await deposit(pangea, { bank, amount: '140.00' }, { status: 'FAILED', code: RETURNED })
}

async function deposit(
  pangea: Client,
  input: { bank: string; amount: string },
  outcome: { status: string; code?: string }
): Promise<void> {
  const known = new Set((await originations()).map(({ id }) => id))
  const { id } = await pangea.postAccountTransfers({ body: { direction: 'in', ...input } })
  await pangea.postAccountTransfersByIdConfirm({ params: { id } })
  const find = async () => (await originations()).find((one) => !known.has(one.id))
  await until(async () => (await find()) !== undefined)
  await control(`/transfers/${(await find())?.id}/move`, outcome)
}

const originations = async () =>
  (await control<{ originations: { id: string }[] }>('/ledger')).originations

/** Calls a control of Jiko's emulator, or reads its data. */
async function control<T>(path: string, body?: object): Promise<T> {
  const response = await fetch(`${setting('JIKO_URL')}/_sandbox${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json' },
    body: body ? JSON.stringify(body) : null
  })
  if (!response.ok) throw new Error(`Jiko's emulator answered ${response.status} to ${path}.`)
  return (await response.json()) as T
}

/** Keeps real answers of every operation as the examples of the API's document. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Products } from 'plaid'
import { type Client, createClient } from '@/lib/client'
import { brand } from '@/pangea.config'
import { chooseBank, chooseFundingBank } from '@/scripts/example/banks'
import {
  administer,
  callEveryOperation,
  leave,
  sendDocuments
} from '@/scripts/example/every-operation'
import { acceptAgreements, answerQuestions, runJourney, submit } from '@/scripts/example/journey'
import { createRecorder } from '@/scripts/example/recorder'
import { setting } from '@/scripts/example/settings'
import { type SignedUpUser, signUp, signUpAdmin } from '@/scripts/example/users'

const MONTH_MS = 31 * 86_400_000
/** Jiko's emulator asks an applicant of this name for documents. */
const ASKED_FOR_DOCUMENTS = 'Documents'

export async function record(baseUrl: string): Promise<void> {
  const { fetch, examples, missing } = await createRecorder(baseUrl)
  const clientOf = ({ token }: SignedUpUser) => createClient({ baseUrl, token, fetch })
  const user = await signUp()
  const pangea = clientOf(user)
  const products = [Products.Transactions, Products.Investments, Products.Liabilities]
  const vendors = { signUp: async () => user, choosesBank: () => chooseBank(products) }
  await runJourney(baseUrl, vendors, fetch)
  await callEveryOperation(pangea, { chooseFundingBank, passMonths })
  await askedForDocuments(clientOf, baseUrl)
  const other = await signUp()
  await clientOf(other).patchPreferences({ body: { theme: 'light' } })
  await administer(clientOf(await signUpAdmin()), other.id)
  const leaving = clientOf(await signUp())
  const withOwner = await chooseBank([Products.Transactions, Products.Identity])
  await leaving.postBankSetAccessToken({ body: { public_token: withOwner } })
  await leave(leaving)
  const file = join(process.cwd(), 'app/_lib/openapi/examples.json')
  const sorted = Object.entries(examples).sort(([a], [b]) => (a < b ? -1 : 1))
  writeFileSync(file, JSON.stringify(Object.fromEntries(sorted)).replaceAll(brand.name, '{brand}'))
  const formatter = join(process.cwd(), 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
  execFileSync(process.execPath, [formatter, 'format', '--write', file])
  console.log(`Recorded ${sorted.length} examples.`)
  if (missing().length) console.log(`Without one: ${missing().join(', ')}.`)
}

async function askedForDocuments(
  clientOf: (user: SignedUpUser) => Client,
  baseUrl: string
): Promise<void> {
  const user = await signUp()
  const pangea = clientOf(user)
  await answerQuestions(pangea, user.phone, { lastName: ASKED_FOR_DOCUMENTS })
  await pangea.postApplicationPhone()
  await acceptAgreements(pangea, baseUrl)
  await submit(pangea)
  await sendDocuments(pangea)
}

/** Moves the clock of Jiko's emulator on. */
async function passMonths(count: number): Promise<void> {
  const response = await fetch(`${setting('JIKO_URL')}/_sandbox/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance: count * MONTH_MS })
  })
  if (!response.ok) throw new Error(`Jiko's emulator answered ${response.status}.`)
}

/** Selects the data of a login: the same seed, bank, user and login always give the same data. */
import { seededRandom } from '@/sandbox/core/ids'
import { getInstitution, type Institution } from '@/sandbox/plaid/institutions'
import { accountsFor } from '@/sandbox/plaid/logins/accounts'
import type { GeneratedData } from '@/sandbox/plaid/logins/bank-data'
import { DEFAULT_OWNER } from '@/sandbox/plaid/logins/bank-data'
import { type CustomDocument, dataOfDocument } from '@/sandbox/plaid/logins/custom-user'
import { dynamicUserData } from '@/sandbox/plaid/logins/dynamic-user'
import { addEdgeCases } from '@/sandbox/plaid/logins/edge-case-bank'
import { FIRST_DAY, simulateHousehold } from '@/sandbox/plaid/logins/household-profile'

/** The longest history Plaid gives, in days. */
export const LONGEST_HISTORY = 730

export type LoginSeed = {
  seed: string
  institutionId: string
  clientUserId: string
  username: string
  custom: CustomDocument | null
  linkedOn: number
}

const cache = new Map<string, GeneratedData>()

/**
 * Everything the bank knows up to and including `through`. Later postings may be present but have
 * not happened.
 */
export function generateData(login: LoginSeed, through: number): GeneratedData {
  const key = JSON.stringify([login, through])
  const known = cache.get(key)
  if (known) return known
  const data = generate(login, through)
  // A small cache is enough for any run, and the oldest entry is cheap to generate again.
  if (cache.size >= 60) cache.delete(cache.keys().next().value ?? '')
  cache.set(key, data)
  return data
}

function generate(login: LoginSeed, through: number): GeneratedData {
  const institution = getInstitution(login.institutionId)
  if (!institution) return { accounts: [], postings: [], owner: DEFAULT_OWNER }
  const random = seededRandom(
    [
      login.seed,
      login.institutionId,
      login.clientUserId,
      login.custom?.seed ?? login.username
    ].join('|')
  )
  if (login.username === 'user_transactions_dynamic')
    return dynamicUserData(institution.brand, institution.currency, random, login.linkedOn)
  const usual = () => generateHousehold(institution, random, Math.max(through, FIRST_DAY))
  return login.custom
    ? dataOfDocument(login.custom, usual, login.linkedOn - LONGEST_HISTORY, through)
    : usual()
}

function generateHousehold(
  institution: Institution,
  random: () => number,
  through: number
): GeneratedData {
  const accounts = accountsFor(institution, random)
  const data = {
    accounts,
    postings: simulateHousehold(accounts, random, through),
    owner: DEFAULT_OWNER
  }
  return institution.profile === 'odd' ? addEdgeCases(data) : data
}

/** The outcome of a username and a password at an emulated bank (contract §6). */
import { errorBody, PlaidApiError } from '@/sandbox/plaid/errors'
import { getInstitution, type Institution, outageOf } from '@/sandbox/plaid/institutions'
import { isAuthOnly, linkableAccounts } from '@/sandbox/plaid/link/accounts'
import type { LoginOutcome, MfaStep } from '@/sandbox/plaid/link/types'
import { type CustomDocument, readCustomDocument } from '@/sandbox/plaid/logins/custom-user'
import { supports } from '@/sandbox/plaid/products'
import type {
  LinkSession,
  LoginRecord,
  MicrodepositVerification,
  Plaid
} from '@/sandbox/plaid/records'

const SIMPLE_USERS = [
  'user_good',
  'user_transactions_dynamic',
  'user_ewa_user',
  'user_yuppie',
  'user_small_business',
  'user_bank_income',
  'user_credit_profile_good'
]
const ANY_PASSWORD = SIMPLE_USERS.filter((user) => user !== 'user_good')
/**
 * The first is Plaid's own test password; the second is ours and replaces typed account numbers.
 */
const DEPOSITS: Record<string, MicrodepositVerification> = {
  microdeposits_good: 'pending_automatic_verification',
  microdeposits_code: 'pending_manual_verification'
}
const DEVICES = [
  { id: 'device_0', label: 'Text message to ***-***-4444' },
  { id: 'device_1', label: 'E-mail to a***@example.com' }
]
/** Wrong logins after which Plaid disables the Link token. [guess] */
const MAX_FAILED_LOGINS = 12

/** Whether an account needs micro-deposits, which only moving money requires. */
export const microdepositsFor = (
  products: string[],
  password: string
): MicrodepositVerification | null => (isAuthOnly(products) ? (DEPOSITS[password] ?? null) : null)

const failure = (code: string): LoginOutcome => ({ kind: 'error', error: errorBody(code) })

type LoginCheck = { error: string } | { mfa: NonNullable<LoginRecord['mfa']> } | 'ok'

/** Tries one login. The stored record contains the future Item. */
export function tryLogin(
  plaid: Plaid,
  session: LinkSession,
  institutionId: string,
  username: string,
  password: string
) {
  const institution = getInstitution(institutionId)
  if (!institution) throw new PlaidApiError('INVALID_INSTITUTION')
  const custom = username === 'user_custom' ? readCustomDocument(password) : null
  const verdict = checkLogin(plaid, session, institution, username, password, custom)
  const mfa = typeof verdict === 'object' && 'mfa' in verdict ? verdict.mfa : null
  const login = plaid.logins.put({
    id: plaid.sandbox.ids.uuid('login'),
    linkTokenId: session.id,
    institutionId,
    username:
      institution.oauth && !SIMPLE_USERS.includes(username) && !custom ? 'user_good' : username,
    custom,
    deposits: microdepositsFor(session.products, password),
    itemId: session.update?.itemId ?? plaid.sandbox.ids.text('item', 37),
    state: verdict === 'ok' ? 'ok' : mfa ? 'asking' : 'failed',
    mfa
  })
  if (typeof verdict === 'object' && 'error' in verdict) {
    plaid.linkSessions.put({ ...session, failedLogins: session.failedLogins + 1 })
    return { loginId: login.id, outcome: failure(verdict.error) }
  }
  return {
    loginId: login.id,
    outcome: mfa ? mfaChallenge(login) : loginResult(plaid, session, login)
  }
}

function loginResult(plaid: Plaid, session: LinkSession, login: LoginRecord): LoginOutcome {
  const accounts = linkableAccounts(plaid, session, login).map(
    ({ key: _key, ...account }) => account
  )
  const usable =
    accounts.length > 0 && session.products.every((product) => supports(product, accounts))
  return usable ? { kind: 'ok', accounts } : failure('NO_ACCOUNTS')
}

function checkLogin(
  plaid: Plaid,
  session: LinkSession,
  institution: Institution,
  username: string,
  password: string,
  custom: CustomDocument | null
): LoginCheck {
  const outage = outageOf(institution)
  if (outage) return { error: outage }
  if (institution.oauth) return 'ok'
  const item = session.update && plaid.items.get(session.update.itemId)
  const verdict = checkCredentials(username, password, custom)
  const other = item && username !== item.username
  return other && !(typeof verdict === 'object' && 'error' in verdict)
    ? { error: 'INVALID_UPDATED_USERNAME' }
    : verdict
}

export const hasTooManyFailures = (session: LinkSession) =>
  session.failedLogins >= MAX_FAILED_LOGINS

function checkCredentials(
  username: string,
  password: string,
  custom: CustomDocument | null
): LoginCheck {
  if (username === 'user_custom') return checkCustomUser(custom)
  const forced = /^error_([A-Z_]+)$/.exec(password)?.[1]
  if (username === 'user_good' && forced) return { error: forced }
  const questions = /^mfa_questions_(\d)_(\d)$/.exec(password)
  if (questions)
    return {
      mfa: {
        kind: 'questions',
        round: 0,
        rounds: Math.max(1, Number(questions[1])),
        perRound: Math.max(1, Number(questions[2])),
        options: 0,
        picked: true
      }
    }
  if (password === 'mfa_device')
    return { mfa: { kind: 'device', round: 0, rounds: 1, perRound: 1, options: 0, picked: false } }
  if (password === 'mfa_selections')
    return {
      mfa: { kind: 'selections', round: 0, rounds: 1, perRound: 1, options: 2, picked: true }
    }
  if (ANY_PASSWORD.includes(username)) return 'ok'
  return username === 'user_good' && (password === 'pass_good' || password in DEPOSITS)
    ? 'ok'
    : { error: 'INVALID_CREDENTIALS' }
}

function checkCustomUser(custom: CustomDocument | null): LoginCheck {
  if (!custom) return { error: 'INVALID_CREDENTIALS' }
  if (custom.force_error) return { error: custom.force_error }
  if (custom.recaptcha === 'bad') return { error: 'RECAPTCHA_BAD' }
  const mfa = custom.mfa
  if (!mfa) return 'ok'
  if (mfa.type === 'device')
    return { mfa: { kind: 'device', round: 0, rounds: 1, perRound: 1, options: 0, picked: false } }
  const questions = mfa.type === 'questions'
  const rounds = questions ? mfa.question_rounds : mfa.selection_rounds
  return {
    mfa: {
      kind: mfa.type,
      round: 0,
      rounds,
      perRound: mfa.questions_per_round,
      options: mfa.selections_per_question,
      picked: true
    }
  }
}

function mfaChallenge(login: LoginRecord): LoginOutcome {
  return { kind: 'mfa', step: stepOf(login) }
}

function stepOf({ mfa }: LoginRecord): MfaStep {
  if (!mfa) throw new PlaidApiError('INVALID_MFA')
  const each = Array.from({ length: mfa.perRound }, (_, i) => i)
  if (mfa.kind === 'device')
    return mfa.picked
      ? { type: 'code', sentTo: '***-***-4444' }
      : { type: 'device_list', devices: DEVICES }
  if (mfa.kind === 'questions')
    return {
      type: 'questions',
      round: mfa.round,
      prompts: each.map((i) => `What is the answer to question_${mfa.round}_${i}?`)
    }
  const options = [
    'Yes',
    'No',
    ...Array.from({ length: Math.max(0, mfa.options - 2) }, (_, i) => `Option ${i + 3}`)
  ].slice(0, Math.max(1, mfa.options))
  return {
    type: 'selections',
    prompts: each.map((i) => ({
      question: `Would you like to say yes to question_${mfa.round}_${i}?`,
      options
    }))
  }
}

/** Checks one set of answers and advances to the next step. */
export function submitMfaAnswers(
  plaid: Plaid,
  session: LinkSession,
  login: LoginRecord,
  answers: string[]
): LoginOutcome {
  const mfa = login.mfa
  if (!mfa || login.state !== 'asking') throw new PlaidApiError('INVALID_MFA')
  if (mfa.kind === 'device' && !mfa.picked) {
    if (!DEVICES.some((device) => device.id === answers[0])) return failure('INVALID_SEND_METHOD')
    return mfaChallenge(plaid.logins.put({ ...login, mfa: { ...mfa, picked: true } }))
  }
  const right = Array.from({ length: mfa.perRound }, (_, i) =>
    mfa.kind === 'device' ? '1234' : mfa.kind === 'questions' ? `answer_${mfa.round}_${i}` : 'Yes'
  )
  if (right.some((answer, i) => answers[i]?.trim() !== answer)) return failure('INVALID_MFA')
  if (mfa.round + 1 < mfa.rounds)
    return mfaChallenge(plaid.logins.put({ ...login, mfa: { ...mfa, round: mfa.round + 1 } }))
  return loginResult(plaid, session, plaid.logins.put({ ...login, state: 'ok', mfa: null }))
}

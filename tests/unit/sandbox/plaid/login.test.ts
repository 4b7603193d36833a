// @vitest-environment node
import { describe, expect, it } from 'vitest'
import type { LoginOutcome } from '@/sandbox/plaid/link/types'
import { openPlaidEmulator } from '@/tests/support/plaid/emulator'

const open = async (
  bank = 'ins_109508',
  wanted: { access_token?: string; update?: object } = {}
) => {
  const emulator = openPlaidEmulator()
  const linkToken = await emulator.linkToken(wanted)
  const login = (password: string, username = 'user_good') =>
    emulator.state.login({ linkToken, institutionId: bank, username, password })
  return { emulator, linkToken, login }
}
const codeOf = (outcome: LoginOutcome) =>
  outcome.kind === 'error' ? outcome.error.error_code : outcome.kind

describe('logins at an emulated bank', () => {
  it('accept user_good and show checking, savings, a card, a loan and an investment', async () => {
    const { login } = await open()
    const { outcome } = login('pass_good')
    expect(outcome.kind === 'ok' && outcome.accounts.map((account) => account.type).sort()).toEqual(
      ['credit', 'depository', 'depository', 'investment', 'loan']
    )
  })

  it.each([
    ['wrong', 'user_good', 'INVALID_CREDENTIALS'],
    ['pass_good', 'somebody', 'INVALID_CREDENTIALS'],
    ['error_ITEM_LOCKED', 'user_good', 'ITEM_LOCKED'],
    ['error_INSTITUTION_NOT_RESPONDING', 'user_good', 'INSTITUTION_NOT_RESPONDING'],
    ['anything', 'user_transactions_dynamic', 'ok'],
    ['{"force_error":"NO_ACCOUNTS"}', 'user_custom', 'NO_ACCOUNTS'],
    ['{"override_accounts":[]}', 'user_custom', 'NO_ACCOUNTS'],
    ['not json', 'user_custom', 'INVALID_CREDENTIALS']
  ])('respond to %s of %s with %s', async (password, username, code) => {
    const { login } = await open()
    expect(codeOf(login(password, username).outcome)).toBe(code)
  })

  it('accept anything at an OAuth bank, and nothing at a bank that is down or unsupported', async () => {
    expect(codeOf((await open('ins_127287')).login('x', 'y').outcome)).toBe('ok')
    expect(codeOf((await open('ins_132361')).login('pass_good').outcome)).toBe('INSTITUTION_DOWN')
    expect(codeOf((await open('ins_133402')).login('pass_good').outcome)).toBe(
      'INSTITUTION_NO_LONGER_SUPPORTED'
    )
  })

  it('ask for a device and then the code 1234', async () => {
    const { emulator, login } = await open()
    const { loginId, outcome } = login('mfa_device')
    expect(outcome).toMatchObject({ kind: 'mfa', step: { type: 'device_list' } })
    expect(emulator.state.answerMfa(loginId, ['device_0'])).toMatchObject({
      kind: 'mfa',
      step: { type: 'code' }
    })
    expect(codeOf(emulator.state.answerMfa(loginId, ['9999']))).toBe('INVALID_MFA')
    expect(codeOf(emulator.state.answerMfa(loginId, ['1234']))).toBe('ok')
  })

  it('ask as many rounds of questions as the password requests', async () => {
    const { emulator, login } = await open()
    const { loginId, outcome } = login('mfa_questions_2_2')
    expect(outcome).toMatchObject({
      step: {
        type: 'questions',
        prompts: ['What is the answer to question_0_0?', 'What is the answer to question_0_1?']
      }
    })
    expect(emulator.state.answerMfa(loginId, ['answer_0_0', 'answer_0_1'])).toMatchObject({
      step: { round: 1 }
    })
    expect(codeOf(emulator.state.answerMfa(loginId, ['answer_1_0', 'answer_1_1']))).toBe('ok')
  })

  it('ask selections, where Yes is right', async () => {
    const { emulator, login } = await open()
    expect(codeOf(emulator.state.answerMfa(login('mfa_selections').loginId, ['Yes']))).toBe('ok')
  })

  it('create no Item before they are finished', async () => {
    const { emulator, linkToken, login } = await open()
    const { loginId } = login('mfa_device')
    expect(() => emulator.state.finishNew({ linkToken, loginId, accountIds: ['x'] })).toThrow(
      'INVALID_CREDENTIALS'
    )
    const done = login('pass_good')
    expect(() =>
      emulator.state.finishNew({ linkToken, loginId: done.loginId, accountIds: ['x'] })
    ).toThrow('NO_ACCOUNTS')
  })

  it('disable a Link token after too many errors', async () => {
    const { emulator, linkToken, login } = await open()
    for (let i = 0; i < 12; i++) login('wrong')
    expect(emulator.state.findLinkToken(linkToken)).toBeUndefined()
    expect(() => login('pass_good')).toThrow('INVALID_LINK_TOKEN')
  })
})

describe('a finished Link session', () => {
  it('shares only the chosen accounts, under the ids Link showed', async () => {
    const { emulator, linkToken, login } = await open()
    const { loginId, outcome } = login('pass_good')
    const chosen =
      outcome.kind === 'ok' ? outcome.accounts.slice(0, 2).map((account) => account.id) : []
    const { publicToken, metadata } = emulator.state.finishNew({
      linkToken,
      loginId,
      accountIds: chosen
    })
    expect(metadata.accounts.map((account) => account.id)).toEqual(chosen)
    expect(metadata.institution).toEqual({
      institution_id: 'ins_109508',
      name: 'First Platypus Bank'
    })
    const { access_token } = await emulator.call('/item/public_token/exchange', {
      public_token: publicToken
    })
    expect(
      (await emulator.accounts(String(access_token))).map((account) => account.account_id)
    ).toEqual(chosen)
    await expect(
      emulator.call('/item/public_token/exchange', { public_token: publicToken })
    ).rejects.toThrow('INVALID_PUBLIC_TOKEN')
  })

  it('returns a public token valid for half an hour, on a Link token valid for four', async () => {
    const { emulator, linkToken, login } = await open()
    const { loginId, outcome } = login('pass_good')
    const accountIds = outcome.kind === 'ok' ? outcome.accounts.map((account) => account.id) : []
    const { publicToken } = emulator.state.finishNew({ linkToken, loginId, accountIds })
    await emulator.button('/clock', { advance: 31 * 60_000 })
    await expect(
      emulator.call('/item/public_token/exchange', { public_token: publicToken })
    ).rejects.toThrow('INVALID_PUBLIC_TOKEN')
    expect(emulator.state.findLinkToken(linkToken)).toBeDefined()
    await emulator.button('/clock', { advance: 4 * 3_600_000 })
    expect(emulator.state.findLinkToken(linkToken)).toBeUndefined()
  })

  it('in update mode repairs the Item and keeps its token and ids', async () => {
    const emulator = openPlaidEmulator()
    const { token, itemId } = await emulator.link()
    const before = await emulator.accounts(token)
    await emulator.button(`/items/${itemId}/reset-login`)
    await expect(emulator.accounts(token)).rejects.toThrow('ITEM_LOGIN_REQUIRED')
    const linkToken = await emulator.linkToken({ access_token: token })
    const { loginId, outcome } = emulator.state.login({
      linkToken,
      institutionId: 'ins_109508',
      username: 'user_good',
      password: 'pass_good'
    })
    const accountIds = outcome.kind === 'ok' ? outcome.accounts.map((account) => account.id) : []
    emulator.state.finishUpdate({ linkToken, loginId, accountIds })
    expect(await emulator.accounts(token)).toEqual(before)
  })

  it('in update mode with account selection drops accounts, and gives re-added ones new ids', async () => {
    const emulator = openPlaidEmulator()
    const { token } = await emulator.link()
    const first = await emulator.accounts(token)
    const update = async (choose: (ids: { id: string; name: string }[]) => string[]) => {
      const linkToken = await emulator.linkToken({
        access_token: token,
        update: { account_selection_enabled: true }
      })
      const { loginId, outcome } = emulator.state.login({
        linkToken,
        institutionId: 'ins_109508',
        username: 'user_good',
        password: 'pass_good'
      })
      emulator.state.finishUpdate({
        linkToken,
        loginId,
        accountIds: outcome.kind === 'ok' ? choose(outcome.accounts) : []
      })
    }
    const all = await emulator.sync(token)
    await update((accounts) =>
      accounts.filter((account) => !account.name.includes('Checking')).map((account) => account.id)
    )
    expect((await emulator.accounts(token)).map((account) => account.name)).not.toContain(
      'Plaid Checking'
    )
    const dropped = await emulator
      .sync(token, all.next_cursor)
      .catch((error: Error) => error.message)
    expect(dropped).toBe('TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION')
    await update((accounts) => accounts.map((account) => account.id))
    const last = await emulator.accounts(token)
    expect(last.map((account) => account.name).sort()).toEqual(
      first.map((account) => account.name).sort()
    )
    const idOf = (list: typeof first) =>
      list.find((account) => account.name === 'Plaid Checking')?.account_id
    expect(idOf(last)).not.toBe(idOf(first))
  })

  it('in update mode refuses another login', async () => {
    const emulator = openPlaidEmulator()
    const { token } = await emulator.link()
    const linkToken = await emulator.linkToken({ access_token: token })
    const { outcome } = emulator.state.login({
      linkToken,
      institutionId: 'ins_109508',
      username: 'user_transactions_dynamic',
      password: 'x'
    })
    expect(codeOf(outcome)).toBe('INVALID_UPDATED_USERNAME')
  })
})

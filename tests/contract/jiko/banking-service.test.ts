/**
 * The app's Jiko client against the emulator, or against Jiko's sandbox when its keys are in the
 * environment.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { isFinal } from '@/lib/domain/onboarding/application'
import * as BankingService from '@/lib/services/jiko'
import { applicationFacts, configureJiko, openJikoEmulator, SSN } from '@/tests/support/jiko'

const {
  JIKO_BASE_URL,
  JIKO_USERNAME = '',
  JIKO_PASSWORD = '',
  JIKO_SHARED_SECRET = ''
} = process.env
let close = async () => {}

beforeAll(async () => {
  if (JIKO_BASE_URL)
    return configureJiko(JIKO_BASE_URL, {
      username: JIKO_USERNAME,
      password: JIKO_PASSWORD,
      sharedSecret: JIKO_SHARED_SECRET
    })
  const bank = await openJikoEmulator()
  close = bank.close
})
afterAll(() => close())

const facts = async () =>
  applicationFacts('Okafor', (await BankingService.listAgreements()).version)
const create = async (idempotencyKey = randomUUID()) =>
  BankingService.createApplication({ facts: await facts(), ssn: SSN, idempotencyKey })

describe('Jiko', () => {
  it('returns a versioned bundle of agreements whose documents are PDF files', async () => {
    const { version, releasedOn, documents } = await BankingService.listAgreements()
    expect(version).not.toBe('')
    expect(releasedOn).toMatch(/^\d{4}-\d{2}-\d{2}/)
    expect(documents.map(({ category }) => category)).toEqual(
      expect.arrayContaining(['BANK', 'BROKERAGE'])
    )
    const file = await fetch(documents[0]?.url ?? '')
    expect(new TextDecoder('latin1').decode(await file.arrayBuffer())).toMatch(/^%PDF-/)
  })

  it('creates an application without starting the check, and returns it without the identification number', async () => {
    const created = await create()
    expect(created).toMatchObject({ status: 'CREATED', customerId: null })
    const read = await BankingService.getApplication(created.jikoApplicationId)
    expect(read).toMatchObject({ jikoApplicationId: created.jikoApplicationId, status: 'CREATED' })
    expect(JSON.stringify(read)).not.toContain(SSN)
  })

  it('takes an application through the check to an account with numbers and a balance', {
    timeout: 120_000
  }, async () => {
    const { jikoApplicationId } = await create()
    await BankingService.applyForAccount({ jikoApplicationId, idempotencyKey: randomUUID() })
    const decided = await vi.waitFor(
      async () => {
        const application = await BankingService.getApplication(jikoApplicationId)
        expect(application.status).not.toBe('CREATED')
        expect(
          isFinal(application.status) ||
            application.status === 'MANUAL_REVIEW' ||
            application.status === 'DOCUMENTS_NEEDED'
        ).toBe(true)
        return application
      },
      { timeout: 100_000, interval: JIKO_BASE_URL ? 5_000 : 20 }
    )
    // The outcomes of sandbox applicants are not published; the last-name rule is the emulator's.
    if (!JIKO_BASE_URL) expect(decided.status).toBe('APPROVED')
    if (!decided.customerId) return
    const { customerId } = decided
    const opened =
      (await BankingService.findOpenPocket(customerId)) ?? (await openPocket(customerId))
    expect(await BankingService.findOpenPocket(customerId)).toMatchObject({
      jikoPocketId: opened.jikoPocketId
    })
    const pocket = await BankingService.getPocket(opened.jikoPocketId)
    expect(pocket).toMatchObject({
      jikoPocketId: opened.jikoPocketId,
      name: 'Rainy day',
      status: 'OPEN'
    })
    const [portal] = await BankingService.listPortals(pocket.jikoPocketId)
    expect(portal).toMatchObject({
      status: 'OPEN',
      routingNumber: expect.stringMatching(/^\d{9}$/),
      accountNumber: expect.stringMatching(/^\d{4,17}$/)
    })
    expect(await BankingService.listPocketTransactions(pocket.jikoPocketId)).toEqual({
      items: [],
      next: null
    })
  })

  it('lists the deposit strategies', async () => {
    const strategies = await BankingService.listStrategies()
    expect(strategies.find(({ id }) => id === 'UST-4W')).toMatchObject({ forDeposits: true })
  })

  it('keeps one subscription per address, however often it is requested', async () => {
    const url = 'https://contract-test.example.com/api/webhooks/jiko'
    const secrets = ['whsec-contract-0000001']
    const [first, again] = [
      await BankingService.ensureSubscription({ url, secrets }),
      await BankingService.ensureSubscription({ url, secrets })
    ]
    expect(again.id).toBe(first.id)
  })

  it('lists events since an instant', async () => {
    const { items } = await BankingService.listEvents(new Date(Date.now() - 3_600_000))
    for (const { webhook: read } of items) expect(read.effects.length).toBeGreaterThan(0)
  })

  it('reports a missing application', async () => {
    await expect(BankingService.getApplication(randomUUID())).rejects.toMatchObject({
      service: 'jiko',
      code: 'NOT_FOUND',
      retryable: false
    })
  })
})

const openPocket = (customerId: string) =>
  BankingService.openPocket({ customerId, name: 'Rainy day', idempotencyKey: randomUUID() })

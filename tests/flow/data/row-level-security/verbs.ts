/** Every function of DataService that a user calls, with the ids of another user's rows. */
import { randomUUID } from 'node:crypto'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import {
  counterpartyFor,
  type Fixture,
  linkEventFor,
  ruleFor
} from '@/tests/flow/data/row-level-security/every-table'
import { account, newConnection, usd } from '@/tests/support/fixtures/data'

type Verb = (
  actor: UserActor,
  victim: Fixture & { rowId: string; splitId: string; accountId: string }
) => unknown

const PERIOD = { from: '2026-01-01', to: '2026-12-31' }
const LEASE_MS = 60_000
const ITEM = { status: 'bad', errorType: 'ITEM_ERROR', errorCode: 'ITEM_LOGIN_REQUIRED' } as const

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const one of source) all.push(one)
  return all
}

export const READS: Record<string, Verb> = {
  findApplication: (actor) => DataService.findApplication(actor),
  findBankAccount: (actor) => DataService.findBankAccount(actor),
  findConnectionByPublicToken: (actor, { publicTokenHash }) =>
    DataService.findConnectionByPublicToken(actor, publicTokenHash),
  findCounterparty: (actor, { counterpartyId }) =>
    DataService.findCounterparty(actor, counterpartyId),
  findDeletion: (actor) => DataService.findDeletion(actor),
  findDraftProblem: (actor, { draftId }) => DataService.findDraftProblem(actor, draftId),
  findDuplicate: (actor, { mark }) =>
    DataService.findDuplicate(actor, {
      institutionId: 'ins_shared',
      accounts: [account('checking', { name: `Checking ${mark}` })]
    }),
  findEmail: (actor) => DataService.findEmail(actor),
  findErasure: (actor) => DataService.findErasure(actor),
  findJikoIds: (actor, { user }) => DataService.findJikoIds(actor, user),
  findLastSeen: (actor) => DataService.findLastSeen(actor),
  findLinkSession: (actor, { linkSessionId }) => DataService.findLinkSession(actor, linkSessionId),
  findTransferLock: (actor) => DataService.findTransferLock(actor),
  findTransferPair: (actor, { rowId }) => DataService.findTransferPair(actor, rowId),
  getAccountInvestments: (actor, { accountId }) =>
    DataService.getAccountInvestments(actor, accountId, { limit: 9 }),
  getAccessToken: (actor, { connectionId }) => DataService.getAccessToken(actor, connectionId),
  getCashFlow: (actor) => DataService.getCashFlow(actor, ['2026-02', '2026-03', '2026-04']),
  getConnection: (actor, { connectionId }) => DataService.getConnection(actor, connectionId),
  getHostedSession: (actor, { hostedSessionId }) =>
    DataService.getHostedSession(actor, hostedSessionId),
  getEsignState: (actor, { mark }) => DataService.getEsignState(actor, mark),
  getNetWorth: (actor) => DataService.getNetWorth(actor, '2026-03-31'),
  getNetWorthHistory: (actor) =>
    DataService.getNetWorthHistory(actor, { range: 'all', timeZone: 'UTC' }),
  getOnboardingFacts: (actor) => DataService.getOnboardingFacts(actor),
  getOwnAsset: (actor, { assetId }) => DataService.getOwnAsset(actor, assetId),
  getPreferences: (actor) => DataService.getPreferences(actor),
  getSources: (actor, { rowId }) => DataService.getSources(actor, rowId),
  getSpending: (actor) => DataService.getSpending(actor, { current: PERIOD, previous: PERIOD }),
  getSyncProgress: (actor, { connectionId }) => DataService.getSyncProgress(actor, connectionId),
  getTransaction: (actor, { rowId }) => DataService.getTransaction(actor, rowId),
  getTransfer: (actor, { transferId }) => DataService.getTransfer(actor, transferId),
  listAccounts: (actor) => DataService.listAccounts(actor, { hidden: true }),
  listConnections: (actor) => DataService.listConnections(actor),
  countUnreadMessages: (actor) => DataService.countUnreadMessages(actor),
  hasMoreTransactions: (actor) => DataService.hasMoreTransactions(actor, {}, 5),
  listMessages: (actor) => DataService.listMessages(actor, { limit: 50 }),
  listCounterparties: (actor) => DataService.listCounterparties(actor),
  listExportFiles: (actor) =>
    Promise.all(DataService.listExportFiles(actor).map(({ pages }) => collect(pages()))),
  listOwnAssets: (actor) => DataService.listOwnAssets(actor),
  listPastConnections: (actor) => DataService.listPastConnections(actor),
  listRecurring: (actor) => DataService.listRecurring(actor, '2026-03-31'),
  listRules: (actor) => DataService.listRules(actor),
  listOwnCategories: (actor) => DataService.listOwnCategories(actor),
  listTags: (actor) => DataService.listTags(actor),
  listTopMerchants: (actor) =>
    DataService.listTopMerchants(actor, { period: PERIOD, currency: 'USD', limit: 9 }),
  listTransactions: async (actor) => [
    await DataService.listTransactions(actor, { limit: 50 }),
    await DataService.listTransactions(actor, { limit: 50, sort: 'largest' }),
    await DataService.listTransactions(actor, { limit: 50, q: 'coffee' })
  ],
  listTransfers: (actor) => DataService.listTransfers(actor, { limit: 50 }),
  listWithdrawn: (actor, { user }) => DataService.listWithdrawn(actor, user.userId),
  requireNoDeletion: (actor) => DataService.requireNoDeletion(actor),
  streamTransactions: (actor) => collect(DataService.streamTransactions(actor, {})),
  sumTransfers: (actor) =>
    DataService.sumTransfers(actor, { direction: 'in', since: new Date('2026-01-01') }),
  summarizeTransactions: (actor) => DataService.summarizeTransactions(actor, {})
}

export const WRITES: Record<string, Verb> = {
  applyStatusUpdate: (actor, { transferId }) =>
    DataService.applyStatusUpdate(actor, transferId, { state: 'settled' }),
  claimApplication: (actor, { application }) =>
    DataService.claimApplication(actor, application.id, LEASE_MS),
  claimIdempotencyKey: (actor, { mark }) =>
    DataService.claimIdempotencyKey(actor, { key: mark, fingerprints: [mark] }),
  claimConnectionJob: (actor, { connectionId }) =>
    DataService.claimConnectionJob(actor, { leaseMs: LEASE_MS, connectionId }),
  claimPublicToken: (actor, { mark }) =>
    DataService.claimPublicToken(actor, {
      id: randomUUID(),
      publicTokenHash: mark,
      ttlMs: LEASE_MS
    }),
  completeIdempotencyKey: (actor, { idempotencyId }) =>
    DataService.completeIdempotencyKey(actor, { id: idempotencyId, response: null }),
  confirmTransfer: (actor, { draftId }) =>
    DataService.confirmTransfer(actor, draftId, { leaseMs: LEASE_MS, settlesOn: '2026-12-01' }),
  consumeRateLimit: (actor) =>
    DataService.consumeRateLimit(actor, 'test', { limit: 5, windowMs: LEASE_MS }),
  createOwnAsset: (actor) =>
    DataService.createOwnAsset(actor, {
      name: 'Car',
      kind: 'vehicle',
      currency: 'USD',
      value: { on: '2026-01-01', minor: 1n }
    }),
  deleteAssetValue: (actor, { assetId }) =>
    DataService.deleteAssetValue(actor, assetId, '2026-01-01'),
  deleteOwnAsset: (actor, { assetId }) => DataService.deleteOwnAsset(actor, assetId),
  deleteRule: (actor, { ruleId }) => DataService.deleteRule(actor, ruleId),
  ensureUser: (actor) => DataService.ensureUser(actor),
  eraseHistory: (actor, { connectionId }) => DataService.eraseHistory(actor, connectionId),
  markNewAccounts: (actor, { connectionId }) => DataService.markNewAccounts(actor, connectionId),
  readMessages: (actor, { messageId }) => DataService.readMessages(actor, { upTo: messageId }),
  recordApplied: (actor, { application }) =>
    DataService.recordApplied(actor, application, { status: 'SUBMITTED' }),
  recordAudit: (actor) => DataService.recordAudit(actor, 'test', { subject: null, detail: {} }),
  recordCreated: (actor, { application }) =>
    DataService.recordCreated(actor, application, { jikoApplicationId: 'other', status: 'NEW' }),
  recordCreateStarted: (actor, { application }) =>
    DataService.recordCreateStarted(actor, application, { renewKey: true }),
  recordLastSeen: (actor) => DataService.recordLastSeen(actor),
  closeHostedSession: (actor, { hostedSessionId }) =>
    DataService.closeHostedSession(actor, hostedSessionId),
  recordLinkEvent: (actor, { connectionId, linkSessionId }) =>
    DataService.recordLinkEvent(actor, linkEventFor(connectionId, linkSessionId)),
  recordOrphanedItem: (actor, { connectionId, linkSessionId }) =>
    DataService.recordOrphanedItem(actor, {
      ...linkEventFor(connectionId, linkSessionId),
      type: 'orphan'
    }),
  releaseApplication: (actor, { application }) =>
    DataService.releaseApplication(actor, application),
  releasePublicToken: (actor, { claimId }) => DataService.releasePublicToken(actor, claimId),
  relinkApplication: (actor, { application }) =>
    DataService.relinkApplication(actor, application, 'other'),
  renewApplication: (actor, { application }) =>
    DataService.renewApplication(actor, application, { leaseMs: LEASE_MS }),
  requestRemoval: (actor, { connectionId }) =>
    DataService.requestRemoval(actor, connectionId, 'erase'),
  releaseIdempotencyKey: (actor, { idempotencyId }) =>
    DataService.releaseIdempotencyKey(actor, idempotencyId),
  requestSync: (actor, { connectionId }) => DataService.requestSync(actor, connectionId, 'user'),
  saveAccountView: async (actor, { accountId }) =>
    DataService.saveAccountView(actor, accountId, { hidden: true }),
  saveApplicationStatus: (actor, { application }) =>
    DataService.saveApplicationStatus(actor, application.id, {
      status: 'REJECTED',
      jikoCustomerId: null,
      documents: []
    }),
  saveBankAccount: (actor, { application }) =>
    DataService.saveBankAccount(actor, {
      application: { ...application, userId: actor.userId },
      jikoPocketId: randomUUID(),
      name: 'Other',
      status: 'OPEN',
      balance: null
    }),
  saveBankAccountState: (actor, { bankAccountId }) =>
    DataService.saveBankAccountState(actor, bankAccountId, {
      status: 'CLOSED',
      balance: null,
      accountNumberLast4: null,
      routingNumberLast4: null
    }),
  saveConnection: (actor, { mark }) =>
    DataService.saveConnection(
      actor,
      newConnection({
        publicTokenHash: `hash-${mark}`,
        institution: { id: 'ins_shared', name: 'First Platypus Bank' },
        accounts: [account('checking', { name: `Checking ${mark}` })]
      })
    ),
  saveConsents: (actor) =>
    DataService.saveConsents(actor, {
      version: '2',
      groups: [{ category: 'BANK', documents: [] }],
      consentedAt: '2026-02-02T00:00:00Z'
    }),
  saveEsignConsent: (actor) =>
    DataService.saveEsignConsent(actor, {
      version: '2',
      documents: [],
      shown: 'a link in a PDF test page',
      consentedAt: '2026-02-02T00:00:00Z'
    }),
  saveEsignLink: (actor, { mark }) =>
    DataService.saveEsignLink(actor, { version: '2', token: `intruder-${mark}`, ttlMs: 60_000 }),
  saveCounterparties: (actor, { bankAccountId }) =>
    DataService.saveCounterparties(actor, bankAccountId, [counterpartyFor('other')]),
  saveCounterpartyState: (actor, { counterpartyId }) =>
    DataService.saveCounterpartyState(actor, counterpartyId, {
      status: 'FAILED',
      verification: null
    }),
  saveDraft: (actor) =>
    DataService.saveDraft(actor, { name: { firstName: 'B', middleName: null, lastName: 'B' } }),
  saveEdit: async (actor, { rowId }) => {
    const edit = () => ({ change: { note: 'other' }, changeId: randomUUID() })
    await DataService.saveEdit(actor, { ids: [rowId] }, edit())
    await DataService.saveEdit(actor, { filter: { q: 'payment' } }, edit())
  },
  saveItemStatus: (actor, { connectionId }) =>
    DataService.saveItemStatus(actor, connectionId, ITEM),
  savePairChoice: (actor, { rowId }) => DataService.savePairChoice(actor, rowId, false),
  savePreferences: (actor) => DataService.savePreferences(actor, { theme: 'light' }),
  saveRelink: (actor, { connectionId }) =>
    DataService.saveRelink(actor, connectionId, {
      item: { status: 'good', errorType: null, errorCode: null },
      accounts: [account('other')],
      trigger: 'relink',
      sessionId: null
    }),
  saveRule: async (actor, { ruleId, mark }) => {
    await DataService.saveRule(actor, { id: randomUUID(), isNew: true }, ruleFor(mark))
    await DataService.saveRule(actor, { id: ruleId, isNew: false }, ruleFor('payment'))
  },
  saveSplits: (actor, { splitId }) => DataService.saveSplits(actor, splitId, []),
  saveTransferDraft: (actor, { bankAccountId, counterpartyId }) =>
    DataService.saveTransferDraft(actor, {
      bankAccountId,
      counterpartyId,
      direction: 'out',
      amount: usd(1_000n),
      settlesOn: '2026-12-01'
    }),
  saveUserEmail: (actor, { user }) =>
    DataService.saveUserEmail(actor, user.userId, 'other@example.com'),
  setAssetValue: (actor, { assetId }) =>
    DataService.setAssetValue(actor, assetId, { on: '2026-02-02', minor: 5n }),
  startApplication: (actor) => DataService.startApplication(actor, { body: '{}' }),
  startLinkSession: (actor, { connectionId }) =>
    DataService.startLinkSession(actor, {
      purpose: 'relink',
      connectionId,
      linkToken: 'link-other',
      expiresAt: '2099-01-01T00:00:00Z'
    }),
  undoEdit: (actor, { changeId }) => DataService.undoEdit(actor, changeId),
  unlockIdempotencyKey: (actor, { idempotencyId }) =>
    DataService.unlockIdempotencyKey(actor, idempotencyId),
  updateOwnAsset: (actor, { assetId }) =>
    DataService.updateOwnAsset(actor, assetId, { name: 'Other' }),
  withdrawApplication: (actor, { application }) =>
    DataService.withdrawApplication(actor, application),
  requestDeletion: (actor, { user }) =>
    DataService.requestDeletion(actor, { userId: user.userId, origin: 'person' })
}

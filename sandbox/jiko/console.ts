/**
 * Our controls under /_sandbox: decide applications, fund pockets, publish agreements, change
 * switches.
 */
import { z } from 'zod'
import { bookTransaction, credit } from '@/sandbox/jiko/account/transactions'
import { addTransferControls, showTransfer, timeActions } from '@/sandbox/jiko/console-transfers'
import { JikoApiError } from '@/sandbox/jiko/errors'
import { currentBundle, publishBundle } from '@/sandbox/jiko/onboarding/agreements'
import {
  applyDueDecisions,
  isDecided,
  setApplicationStatus
} from '@/sandbox/jiko/onboarding/decisions'
import { IMAGE_RULE, rejectDocument } from '@/sandbox/jiko/onboarding/documents'
import { APPLICANT_RULES } from '@/sandbox/jiko/onboarding/test-applicants'
import type { ConsoleAction } from '@/sandbox/jiko/state'
import {
  type Application,
  getApplication,
  getCustomer,
  getPocket,
  type Jiko,
  type Pocket,
  usd
} from '@/sandbox/jiko/state'
import { ACH_RULES, settleTransfers } from '@/sandbox/jiko/transfers/ach-lifecycle'
import {
  APPLICATION_SETTINGS,
  MONEY_SETTINGS,
  SwitchesPatch
} from '@/sandbox/jiko/undocumented-switches'

const DECISIONS = {
  approve: 'APPROVED',
  reject: 'REJECTED',
  documents: 'DOCUMENTS_NEEDED',
  review: 'MANUAL_REVIEW'
} as const
const LABELS: Record<keyof typeof DECISIONS, string> = {
  approve: 'Approve',
  reject: 'Reject',
  documents: 'Ask for documents',
  review: 'Manual review'
}
const DECISION_NAMES = Object.keys(DECISIONS) as (keyof typeof DECISIONS)[]
const Decision = z.strictObject({ decision: z.enum(DECISION_NAMES) })
const DocumentRejection = z.strictObject({
  reason: z.string().min(1).max(100).default('IMAGE_QUALITY_ERROR_CUTOFF')
})
const PocketState = z.strictObject({ status: z.enum(['OPEN', 'FROZEN', 'CLOSED', 'PENDING']) })
const Funding = z.strictObject({ cents: z.number().int().positive().max(4_999_999) })

export function addConsole(jiko: Jiko): void {
  const { control } = jiko.sandbox
  control.onError((error, c) => {
    if (
      !(error instanceof JikoApiError) &&
      !(error instanceof z.ZodError) &&
      !(error instanceof SyntaxError)
    )
      throw error
    return c.json(
      { error: error.message },
      error instanceof JikoApiError ? (error.status as 404) : 422
    )
  })
  control.get('/switches', (c) => c.json(jiko.switches.get()))
  control.post('/switches', async (c) =>
    c.json(jiko.switches.set(SwitchesPatch.parse(await c.req.json())))
  )
  control.post('/agreements/publish', (c) => c.json(publishBundle(jiko)))
  addApplicationControls(jiko)
  addPocketControls(jiko)
  addTransferControls(jiko)
  control.get('/console', (c) => {
    applyDueDecisions(jiko)
    settleTransfers(jiko)
    const { applications, pockets, originations } = jiko.records
    return c.json({
      title: 'Jiko',
      rules: [
        ...APPLICANT_RULES,
        IMAGE_RULE,
        ...ACH_RULES,
        `These rules are this emulator's own. A check takes ${jiko.options.decisionDelay} ms.`
      ],
      objects: [
        ...applications.all().map(showApplication),
        ...pockets.all().map((pocket) => showPocket(jiko, pocket)),
        ...originations.all().reverse().map(showTransfer)
      ],
      actions: globalActions(jiko)
    })
  })
}

function addApplicationControls(jiko: Jiko): void {
  const { control } = jiko.sandbox
  control.post('/applications/:id/decide', async (c) => {
    const { decision } = Decision.parse(await c.req.json())
    const application = getApplication(jiko, c.req.param('id'))
    if (isDecided(application)) throw new JikoApiError(409, 'already decided')
    return c.json({ status: setApplicationStatus(jiko, application, DECISIONS[decision]).status })
  })
  control.post('/applications/:id/documents/:type/refuse', async (c) => {
    const { reason } = DocumentRejection.parse(await c.req.json())
    const application = getApplication(jiko, c.req.param('id'))
    if (isDecided(application)) throw new JikoApiError(409, 'already decided')
    return c.json({ status: rejectDocument(jiko, application, c.req.param('type'), reason).status })
  })
}

function addPocketControls(jiko: Jiko): void {
  const { control } = jiko.sandbox
  control.post('/pockets/:id/status', async (c) => {
    const { status } = PocketState.parse(await c.req.json())
    return c.json({
      status: jiko.records.pockets.put({
        ...getPocket(jiko, c.req.param('id')),
        status,
        openAt: null
      }).status
    })
  })
  control.post('/pockets/:id/fund', async (c) => {
    const { cents } = Funding.parse(await c.req.json())
    const { id } = getPocket(jiko, c.req.param('id'))
    credit(jiko, id, cents, 'FakeCompany')
    return c.json({ ok: true })
  })
  control.post('/pockets/:id/empty', (c) => {
    const pocket = getPocket(jiko, c.req.param('id'))
    if (pocket.cents !== 0)
      bookTransaction(jiko, pocket, -pocket.cents, {
        title: 'Paid out',
        description: 'Paid out by the bank',
        settlesAt: jiko.now().getTime()
      })
    return c.json({ ok: true })
  })
}

function showApplication(application: Application) {
  const { first_name, last_name } = application.fields.name
  const actions = DECISION_NAMES.map(
    (decision): ConsoleAction => ({
      label: LABELS[decision],
      method: 'POST',
      path: `/_sandbox/applications/${application.id}/decide`,
      body: { decision }
    })
  )
  const refuse = application.documents
    .filter(({ status }) => status === 'PENDING_REVIEW')
    .map(
      ({ type }): ConsoleAction => ({
        label: `Refuse ${type}`,
        method: 'POST',
        path: `/_sandbox/applications/${application.id}/documents/${type}/refuse`,
        body: {}
      })
    )
  return {
    id: application.id,
    label: `Application of ${first_name} ${last_name}`,
    state: application.status,
    actions: isDecided(application) ? [] : [...actions, ...refuse]
  }
}

function ownerOf(jiko: Jiko, pocket: Pocket): string {
  const { applicationId } = getCustomer(jiko, pocket.customer_id)
  const { first_name, last_name } = getApplication(jiko, applicationId).fields.name
  return `${first_name} ${last_name}`
}

function showPocket(jiko: Jiko, pocket: Pocket) {
  const fund = (cents: number): ConsoleAction => ({
    label: `Receive ${usd(cents).formatted}`,
    method: 'POST',
    path: `/_sandbox/pockets/${pocket.id}/fund`,
    body: { cents }
  })
  const become = (status: Pocket['status']): ConsoleAction => ({
    label: `Set status ${status}`,
    method: 'POST',
    path: `/_sandbox/pockets/${pocket.id}/status`,
    body: { status }
  })
  const empty: ConsoleAction = {
    label: 'Empty pocket',
    method: 'POST',
    path: `/_sandbox/pockets/${pocket.id}/empty`
  }
  return {
    id: pocket.id,
    label: `Account of ${ownerOf(jiko, pocket)} (${pocket.pocket_name})`,
    state: `${pocket.status}, ${usd(pocket.cents).formatted}`,
    actions: [
      fund(10_000),
      fund(250_000),
      ...(pocket.cents ? [empty] : []),
      ...(['OPEN', 'FROZEN', 'CLOSED'] as const)
        .filter((status) => status !== pocket.status)
        .map(become)
    ]
  }
}

/** Such as `repeatKey` → `repeat key`. */
const toWords = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()

/** One control for each other setting of a switch. */
function globalActions(jiko: Jiko): ConsoleAction[] {
  const publish: ConsoleAction = {
    label: `Publish agreements after ${currentBundle(jiko).id}`,
    method: 'POST',
    path: '/_sandbox/agreements/publish'
  }
  const now = jiko.switches.get()
  const flips = [...APPLICATION_SETTINGS, ...MONEY_SETTINGS]
    .flatMap((setting) => Object.entries(setting).map(([name, value]) => ({ name, value })))
    .filter(({ name, value }) => now[name as keyof typeof now] !== value)
    .map(
      ({ name, value }): ConsoleAction => ({
        label: `Undocumented: ${toWords(name)}, ${toWords(String(value))}`,
        method: 'POST',
        path: '/_sandbox/switches',
        body: { [name]: value }
      })
    )
  return [publish, ...timeActions, ...flips]
}

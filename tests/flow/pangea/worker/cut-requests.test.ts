/** Requests whose process is killed while it waits for Jiko. Only in `npm run test:long`: it starts processes. */
import { type ChildProcess, spawn } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService, PangeaService } from '@/lib/services'
import { SOURCE_ARGS } from '@/scripts/source-args.mjs'
import { completeDraft, SSN } from '@/tests/support/applicant'
import { fundedUser, jikoLedgerOf, prepareTransfer } from '@/tests/support/funding'
import { documentHelpers } from '@/tests/support/steps/documents'
import { openWorld, type World } from '@/tests/support/world'

const RESUMED_WITHIN_MS = 15_000

let world: World
const processes: ChildProcess[] = []
beforeAll(async () => {
  world = await openWorld()
  // A webhook would continue an application as well; here only what was stored may.
  await world.control('jiko', '/deliveries/mode', { drop: true })
})
afterAll(async () => {
  for (const child of processes) child.kill('SIGKILL')
  await PangeaService.stopWorker()
  await world.close()
})

const { send, askedForDocuments } = documentHelpers(() => world)

function start(verb: string, { userId }: UserActor, id: string): ChildProcess {
  const child = spawn(
    process.execPath,
    [...SOURCE_ARGS, 'tests/support/processes/run-verb.ts', ...[verb, userId, id]],
    { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env } }
  )
  processes.push(child)
  return child
}

const hang = (path: string) =>
  world.control('jiko', '/faults', {
    path,
    method: 'POST',
    kind: 'timeout',
    times: 1,
    delay: 120_000
  })

/** Whether the upload holds the application, which it does once its last chunk is sent. */
const uploadHolds = async ({ userId }: UserActor) =>
  (
    await world.storage.rows(
      'select 1 from applications where user_id = $1 and busy_until is not null',
      [userId]
    )
  ).length === 1

test.runIf(process.env.TEST_LONG)(
  'a transfer, an application and an upload continue within 15 s of a restart',
  {
    timeout: 240_000
  },
  async () => {
    const payer = await fundedUser(world)
    const { id: transferId } = await prepareTransfer(payer, 'in', 4_200n)
    const applicant = await world.createUser()
    await completeDraft(applicant)
    const uploader = await askedForDocuments()
    await hang(`/api/v1/jiko-accounts/${payer.account.jikoPocketId}/ach-originating/`)
    const { jikoApplicationId } = (await DataService.findApplication(uploader)) ?? {}
    await hang(`/api/v1/applications/${jikoApplicationId}/documents/SELFIE/`)
    // The first request creates the application, the second submits it.
    const applications = '/api/v1/applications/'
    await world.control('jiko', '/faults', {
      path: applications,
      method: 'POST',
      kind: 'latency',
      delay: 0,
      times: 1
    })
    await hang(applications)
    const cut = [
      start('confirm', payer.user, transferId),
      start('submit', applicant, SSN),
      start('upload', uploader, 'SELFIE')
    ]
    await expect.poll(() => world.jiko.faults.list(), { timeout: 120_000 }).toEqual([])
    await expect.poll(() => uploadHolds(uploader), { timeout: 10_000 }).toBe(true)
    for (const child of cut) child.kill('SIGKILL')

    PangeaService.startWorker()
    const again = send(uploader, 'SELFIE')
    const state = async () => ({
      transfer: (await DataService.getTransfer(payer.user, transferId)).state,
      applied: (await DataService.findApplication(applicant))?.appliedAt !== null
    })
    await expect
      .poll(state, { timeout: RESUMED_WITHIN_MS, interval: 250 })
      .toEqual({ transfer: 'submitted', applied: true })
    expect((await again).documents.find(({ type }) => type === 'SELFIE')).toMatchObject({
      status: 'PENDING_REVIEW'
    })
    expect((await jikoLedgerOf(world, payer)).transfers).toHaveLength(1)
  }
)

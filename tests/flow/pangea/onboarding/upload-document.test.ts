import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService, PangeaService } from '@/lib/services'
import { pngOf } from '@/tests/support/files/png'
import { documentHelpers } from '@/tests/support/steps/documents'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.control('jiko', '/switches', { afterUpload: 'reruns', applyAgain: 'same' })
})

const { PHOTO, send, askedForDocuments } = documentHelpers(() => world)
const stateOf = async (user: UserActor) => {
  const application = await DataService.findApplication(user)
  return {
    status: application?.status,
    documents: Object.fromEntries(
      (application?.documents ?? []).map(({ type, status }) => [type, status])
    )
  }
}

describe('a requested document', () => {
  test('is sent to Jiko, and the application shows it as received', async () => {
    const user = await askedForDocuments()
    const answered = await send(user, 'SELFIE')
    expect(answered.documents.find(({ type }) => type === 'SELFIE')).toMatchObject({
      status: 'PENDING_REVIEW'
    })
    expect(await stateOf(user)).toMatchObject({
      status: 'DOCUMENTS_NEEDED',
      documents: { SELFIE: 'PENDING_REVIEW', PASSPORT: 'PENDING_UPLOAD' }
    })
    const audited = await world.storage.rows(
      `select detail from audit_entries join audit_details on audit_id = id where action = 'application.document_sent' and user_id = $1`,
      [user.userId]
    )
    expect(audited).toEqual([{ detail: { type: 'SELFIE', bytes: PHOTO.length } }])
  })

  test.each(['reruns', 'needs_apply'])(
    'leads to the account once all are sent, with Jiko %s',
    async (afterUpload) => {
      await world.control('jiko', '/switches', { afterUpload })
      const user = await askedForDocuments()
      await Promise.all([send(user, 'SELFIE'), send(user, 'PASSPORT')])
      await world.settle()
      expect((await PangeaService.onboardUser(user, {})).step).toBe('link-bank')
    }
  )

  test('is accepted even when Jiko refuses the second apply', async () => {
    await world.control('jiko', '/switches', { afterUpload: 'needs_apply' })
    const user = await askedForDocuments()
    await send(user, 'SELFIE')
    await world.control('jiko', '/faults', {
      path: '/api/v1/applications/',
      method: 'POST',
      kind: 'latency',
      delay: 0,
      times: 1
    })
    await world.control('jiko', '/faults', {
      path: '/api/v1/applications/',
      method: 'POST',
      kind: '422',
      times: 1
    })
    expect(await send(user, 'PASSPORT')).toMatchObject({ status: 'DOCUMENTS_NEEDED' })
    expect((await stateOf(user)).status).toBe('DOCUMENTS_NEEDED')
    // The poll retries once, in case Jiko was slow to process the last document.
    expect((await PangeaService.onboardUser(user, {})).step).toBe('link-bank')
  })

  test('that is unreadable is marked with its reason, and a better one replaces it', async () => {
    const user = await askedForDocuments()
    const refused = await send(user, 'PASSPORT', pngOf(64, 48))
    expect(refused.documents.find(({ type }) => type === 'PASSPORT')).toMatchObject({
      status: 'INVALID',
      reason: 'IMAGE_QUALITY_ERROR_CUTOFF'
    })
    const replaced = await send(user, 'PASSPORT')
    expect(replaced.documents.find(({ type }) => type === 'PASSPORT')).toMatchObject({
      status: 'PENDING_REVIEW',
      reason: null
    })
  })

  test('that a reviewer rejects later is shown as needed again', async () => {
    const user = await askedForDocuments()
    await send(user, 'ID_FRONT')
    const application = await DataService.findApplication(user)
    await world.control(
      'jiko',
      `/applications/${application?.jikoApplicationId}/documents/ID_FRONT/refuse`,
      { reason: 'EXPIRED_DOCUMENT' }
    )
    await PangeaService.onboardUser(user, {})
    expect(await stateOf(user)).toMatchObject({
      status: 'DOCUMENTS_NEEDED',
      documents: { ID_FRONT: 'INVALID' }
    })
  })

  test.each([
    [
      'of another kind',
      { bytes: new Uint8Array(Buffer.from('%PDF-1.7 and so on, long enough to be judged')) },
      'invalid'
    ],
    [
      'that only begins like a picture',
      {
        bytes: new Uint8Array(
          Buffer.concat([PHOTO.subarray(0, 8), Buffer.from('<script>'.repeat(200))])
        )
      },
      'invalid'
    ],
    [
      'with a damaged end',
      { bytes: PHOTO.map((byte, at) => (at === PHOTO.length - 20 ? byte ^ 1 : byte)) },
      'invalid'
    ],
    ['announced as another kind', { contentType: 'image/jpeg' }, 'unsupported_media_type'],
    ['that is empty', { bytes: new Uint8Array() }, 'invalid'],
    ['without a length', { length: Number.NaN }, 'invalid'],
    ['that is too large', { length: 4_000_001 }, 'too_large'],
    ['with more bytes than announced', { length: 1_000 }, 'too_large'],
    ['with fewer bytes than announced', { length: 3_000 }, 'invalid']
  ])(
    '%s is refused in our words and not sent to Jiko',
    async (_, {
      bytes,
      ...more
    }: { bytes?: Uint8Array<ArrayBuffer>; length?: number; contentType?: string }, code) => {
      const user = await askedForDocuments()
      await expect(send(user, 'SELFIE', bytes, more)).rejects.toMatchObject({
        name: 'RequestError',
        code
      })
      await PangeaService.onboardUser(user, {})
      expect((await stateOf(user)).documents.SELFIE).toBe('PENDING_UPLOAD')
    }
  )

  test('that stops arriving is aborted, together with the request to Jiko', async () => {
    const user = await askedForDocuments()
    const stalled = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(PHOTO.subarray(0, 700))
    })
    const upload = { type: 'SELFIE', contentType: 'image/png', length: PHOTO.length, body: stalled }
    await expect(
      PangeaService.uploadDocument(user, upload, { stalledAfterMs: 50 })
    ).rejects.toMatchObject({
      code: 'invalid',
      message: 'The upload was interrupted. Check your connection and send the photo again.'
    })
    expect(
      (await send(user, 'SELFIE')).documents.find(({ type }) => type === 'SELFIE')
    ).toMatchObject({ status: 'PENDING_REVIEW' })
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { advanceClock } from '@/lib/platform/clock'
import { BankingService, DataService, PangeaService } from '@/lib/services'
import { pngOf } from '@/tests/support/files/png'
import { columnsContaining } from '@/tests/support/leaks'
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

describe('a requested document', () => {
  test('is refused when Jiko requested none, or another one', async () => {
    const [newUser, waiting] = [await world.createUser(), await askedForDocuments()]
    await expect(send(newUser, 'SELFIE')).rejects.toMatchObject({ code: 'conflict' })
    await expect(send(waiting, 'ADDRESS_VERIFICATION')).rejects.toMatchObject({ code: 'conflict' })
  })

  test('with a lost response can be sent again, and counts once', async () => {
    const user = await askedForDocuments()
    await world.control('jiko', '/faults', {
      path: '/api/v1/applications/',
      method: 'POST',
      kind: 'truncated',
      times: 1
    })
    await expect(send(user, 'SELFIE')).rejects.toMatchObject({
      service: 'jiko',
      code: 'BAD_RESPONSE'
    })
    const { documents } = await send(user, 'SELFIE')
    expect(documents.filter(({ type }) => type === 'SELFIE')).toHaveLength(1)
  })

  test('is sent with a new session when the old one has expired', async () => {
    const user = await askedForDocuments()
    await world.control('jiko', '/clock', { advance: 61 * 60_000 })
    expect(
      (await send(user, 'SELFIE')).documents.find(({ type }) => type === 'SELFIE')
    ).toMatchObject({ status: 'PENDING_REVIEW' })
  })

  test('leaves no content in the database', async () => {
    const user = await askedForDocuments()
    await send(user, 'SELFIE', pngOf(800, 600, 2_000, 'canary-in-a-photo'))
    const tables = await world.storage.rows<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`
    )
    for (const { name } of tables)
      expect(
        JSON.stringify(await world.storage.rows(`select t::text from "${name}" t`)),
        name
      ).not.toContain('canary-in-a-photo')
  })

  test('that is incomplete when its user requests deletion never reaches Jiko', async () => {
    const user = await askedForDocuments()
    const { jikoApplicationId } = (await DataService.findApplication(user)) ?? {}
    let rest = () => {}
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(PHOTO.subarray(0, PHOTO.length - 10))
        rest = () => {
          controller.enqueue(PHOTO.subarray(PHOTO.length - 10))
          controller.close()
        }
      }
    })
    const sent = PangeaService.uploadDocument(user, {
      type: 'SELFIE',
      contentType: 'image/png',
      length: PHOTO.length,
      body
    }).catch((error: unknown) => error)
    await expect.poll(() => body.locked).toBe(true)
    const { id } = await PangeaService.deleteMyData(user)
    await world.settle()
    rest()
    expect(await sent).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('being deleted')
    })
    expect(await DataService.getDeletion(id)).toMatchObject({ status: 'completed' })
    const { documents } = await BankingService.getApplication(jikoApplicationId ?? '', {
      userId: user.userId
    })
    expect(documents.find(({ type }) => type === 'SELFIE')).toMatchObject({
      status: 'PENDING_UPLOAD'
    })
    expect(await columnsContaining(world.storage, [user.userId])).toEqual([])
  })

  test('whose browser closes the connection is refused, and is not an error of ours', async () => {
    const user = await askedForDocuments()
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(PHOTO.subarray(0, 4_000))
      },
      pull(controller) {
        controller.error(new Error('aborted'))
      }
    })
    const sent = PangeaService.uploadDocument(user, {
      type: 'SELFIE',
      contentType: 'image/png',
      length: PHOTO.length,
      body
    })
    await expect(sent).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('interrupted')
    })
  })

  test('that Jiko has received completely delays a deletion', async () => {
    const user = await askedForDocuments()
    const { jikoApplicationId } = (await DataService.findApplication(user)) ?? {}
    const path = `/api/v1/applications/${jikoApplicationId}/documents/SELFIE/`
    await world.control('jiko', '/faults', { path, kind: 'latency', delay: 1_000, times: 1 })
    let answered = false
    const sent = send(user, 'SELFIE').then(() => {
      answered = true
    })
    const held = () =>
      world.storage.rows(
        'select 1 from applications where user_id = $1 and busy_until is not null',
        [user.userId]
      )
    await expect.poll(async () => answered || (await held()).length > 0).toBe(true)
    const { id } = await PangeaService.deleteMyData(user)
    await world.settle()
    const { status } = await DataService.getDeletion(id)
    expect({ answered, status }).not.toEqual({ answered: false, status: 'completed' })
    await sent
    advanceClock(600_000)
    await world.settle()
    expect(await DataService.getDeletion(id)).toMatchObject({ status: 'completed' })
    expect(await columnsContaining(world.storage, [user.userId])).toEqual([])
    const [audited] = await world.storage.rows<{ n: number }>(
      `select count(*)::int as n from audit_entries join audit_details on audit_id = id where action = 'application.document_sent' and user_id = $1`,
      [`erased:${id}`]
    )
    expect(audited?.n).toBe(1)
  })
})

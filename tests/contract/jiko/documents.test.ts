/** Document requests of the emulator. */
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { openJikoEmulator } from '@/tests/support/jiko'

const bank = await openJikoEmulator()
const { apply, control, decided, read, upload } = bank
afterAll(() => bank.close())
beforeEach(() => bank.reset())

const APPLICATIONS = '/api/v1/applications/'

describe('requested documents', () => {
  const send = (id: string, type: string) => upload(`${APPLICATIONS}${id}/documents/${type}/file/`)

  it('restart the check once they are complete', async () => {
    const { id } = await decided('Documents')
    await send(id, 'PASSPORT')
    expect((await read(id)).status).toBe('DOCUMENTS_NEEDED')
    expect(await send(id, 'SELFIE')).toMatchObject({ status: 200, body: { success: true } })
    expect(await read(id)).toMatchObject({ status: 'APPROVED', customer_id: expect.any(String) })
  })

  it('wait for another apply when the switch is set', async () => {
    await control('/switches', { afterUpload: 'needs_apply' })
    const { id } = await decided('Documents')
    for (const type of ['ID_FRONT', 'ID_BACK', 'SELFIE']) await send(id, type)
    expect((await read(id)).status).toBe('DOCUMENTS_NEEDED')
    await apply(id)
    expect((await read(id)).status).toBe('APPROVED')
  })

  it('can be sent by document id, but not again once approved', async () => {
    const { id, documents } = await decided('Documents')
    const front = documents.find(({ type }) => type === 'ID_FRONT')
    const path = `/api/v1/documents/${front?.id}/`
    const headers = { 'content-disposition': 'attachment; filename="front.png"' }
    expect(await upload(path, headers)).toMatchObject({
      status: 200,
      body: { status: 'PENDING_REVIEW' }
    })
    await control(`/applications/${id}/decide`, { decision: 'approve' })
    expect((await upload(path, headers)).status).toBe(412)
  })

  it('are refused by type and size, and marked when unreadable', async () => {
    const { id } = await decided('Documents')
    const path = `${APPLICATIONS}${id}/documents/SELFIE/file/`
    expect((await upload(path, { 'content-type': 'image/gif' })).status).toBe(422)
    expect((await upload(path, {}, Buffer.alloc(5 * 1024 * 1024))).status).toBe(422)
    expect((await upload(`${APPLICATIONS}${id}/documents/HOLIDAY/file/`)).status).toBe(422)
    await upload(path, {}, Buffer.from('not an image'))
    expect((await read(id)).documents.find(({ type }) => type === 'SELFIE')).toMatchObject({
      status: 'INVALID',
      exception_reason: 'IMAGE_QUALITY_ERROR_CUTOFF'
    })
  })

  it('can come with a customer id when the switch is set', async () => {
    await control('/switches', { customerIdEarly: true })
    expect(await decided('Documents')).toMatchObject({
      status: 'DOCUMENTS_NEEDED',
      customer_id: expect.any(String)
    })
  })
})

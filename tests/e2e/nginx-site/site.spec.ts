import { crc32 } from 'node:zlib'
import { MAX_UPLOAD_BYTES } from '@/lib/domain/onboarding/documents'
import { apply } from '@/tests/e2e/support/api'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { stack } from '@/tests/e2e/support/stack'
import { runJourney } from '@/tests/e2e/support/steps/journey'

test('a new user goes from sign-up to live transactions over HTTPS', async ({ page, open }) => {
  test.setTimeout(240_000)
  expect(stack.appUrl).toMatch(/^https:/)
  await runJourney(page, open)
  await expect(page).toHaveURL(`${stack.appUrl}/dashboard`)
})

/** A small picture with a chunk of padding that viewers ignore. */
function paddedPicture(picture: Buffer, bytes: number): Buffer {
  const end = picture.subarray(-12)
  const padding = Buffer.alloc(bytes - picture.length)
  padding.writeUInt32BE(padding.length - 12)
  padding.write('prIV', 4)
  padding.writeUInt32BE(crc32(padding.subarray(4, -4)), padding.length - 4)
  return Buffer.concat([picture.subarray(0, -12), padding, end])
}

test('a document of 4 MB reaches Jiko', async ({ home: page, user }) => {
  await apply(user, 'Documents', 'DOCUMENTS_NEEDED')
  await page.goto('/onboarding')
  const drawn = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 900, height: 1_200 })
    return canvas.toDataURL('image/png').split(',')[1] ?? ''
  })
  const file = paddedPicture(Buffer.from(drawn, 'base64'), MAX_UPLOAD_BYTES)
  const status = await page.evaluate(async (base64) => {
    const body = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const headers = { 'content-type': 'image/png' }
    const path = '/api/v1/application/documents/SELFIE'
    return (await fetch(path, { method: 'POST', headers, body })).status
  }, file.toString('base64'))
  expect(status).toBe(200)
  await page.reload()
  await expect(page.locator('[data-document="SELFIE"]')).toContainText('With Jiko')
})

/** Document requests, on a phone and without a mouse. */

import { accessibilityViolations, overflowingElements } from '@/tests/e2e/support/accessibility'
import { apply } from '@/tests/e2e/support/api'
import { query } from '@/tests/e2e/support/database'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import { heading } from '@/tests/e2e/support/steps/onboarding-pages'
import { callControl } from '@/tests/e2e/support/vendors'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

type File = { name: string; mimeType: string; buffer: Buffer }

/** A photo of a camera's size. */
async function photo(page: Page, type: string, width: number, height: number): Promise<File> {
  const base64 = await page.evaluate(
    async ({ type, width, height }) => {
      const canvas = document.createElement('canvas')
      Object.assign(canvas, { width, height })
      const context = canvas.getContext('2d')
      for (let n = 0; context && n < 400; n++) {
        context.fillStyle = `hsl(${(n * 47) % 360} 60% 50%)`
        context.fillRect((n * 97) % width, (n * 61) % height, width / 9, height / 9)
      }
      return canvas.toDataURL(type).split(',')[1] ?? ''
    },
    { type, width, height }
  )
  return {
    name: `photo.${type.split('/')[1]}`,
    mimeType: type,
    buffer: Buffer.from(base64, 'base64')
  }
}

/** A document of several pages as a PDF, printed by the browser. */
async function scan(page: Page, pages: number): Promise<File> {
  const printer = await page.context().newPage()
  await printer.setContent(
    Array.from(
      { length: pages },
      (_, n) => `<h1 style="break-after: page">Page ${n + 1} of a bill</h1>`
    ).join('')
  )
  const buffer = await printer.pdf({ format: 'Letter' })
  await printer.close()
  return { name: 'bill.pdf', mimeType: 'application/pdf', buffer }
}

/** Captures the next uploaded file, because Playwright does not expose a file body. */
const keepSentFile = (page: Page) =>
  page.evaluate(() => {
    const { send } = XMLHttpRequest.prototype
    XMLHttpRequest.prototype.send = function (body) {
      Object.assign(window, { sentFile: body })
      return send.call(this, body)
    }
  })

/**
 * The uploaded image: its size in pixels, and whether each horizontal stripe contains dark pixels.
 */
const sentPicture = (page: Page, parts: number) =>
  page.evaluate(async (parts) => {
    const bitmap = await createImageBitmap((window as unknown as { sentFile: Blob }).sentFile)
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
    context?.drawImage(bitmap, 0, 0)
    const height = bitmap.height / parts
    const isDark = (n: number) =>
      context?.getImageData(0, n * height, bitmap.width, height).data.some((value) => value < 60) ??
      false
    return {
      width: bitmap.width,
      height: bitmap.height,
      dark: Array.from({ length: parts }, (_, n) => isDark(n))
    }
  }, parts)

const row = (page: Page, type: string) => page.locator(`[data-document="${type}"]`)
const camera = async (page: Page, type: string, file: File) =>
  row(page, type).locator('input[data-camera]').setInputFiles(file)

/** Reaches a button by Tab and presses it; the file dialog gets the file. */
async function chooseByKeyboard(
  page: Page,
  name: string,
  file: File,
  beforeSending = async () => {}
): Promise<void> {
  const button = page.getByRole('button', { name, exact: true })
  for (
    let presses = 0;
    presses < 40 && !(await button.evaluate((element) => element === document.activeElement));
    presses++
  )
    await page.keyboard.press('Tab')
  const [dialog] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.keyboard.press('Enter')
  ])
  await beforeSending()
  await dialog.setFiles(file)
}

/** The progress bars' observed values. */
const watchProgress = (page: Page) =>
  page.evaluate(() => {
    const seen: number[] = []
    Object.assign(window, { progressSeen: seen })
    new MutationObserver(() => {
      for (const bar of document.querySelectorAll('progress')) seen.push(bar.value)
    }).observe(document.body, { subtree: true, childList: true, attributes: true })
  })
const progressSeen = (page: Page) =>
  page.evaluate(() => (window as unknown as { progressSeen: number[] }).progressSeen)

test('documents are requested, one is rejected and replaced, and the account opens', async ({
  home: page,
  user
}) => {
  // While a listener is attached, the browser's own dialog stays closed; attaching it per click can
  // be too late.
  page.on('filechooser', () => undefined)
  await apply(user, 'Documents', 'DOCUMENTS_NEEDED')
  await page.goto('/onboarding')
  await expect(heading(page, 'Jiko needs to see more documents')).toBeVisible()
  await expect(page.getByText('Federal law requires Jiko to confirm who you are')).toBeVisible()
  await expect(row(page, 'PASSPORT')).toContainText('Needed')
  const buttons = row(page, 'PASSPORT').getByRole('button')
  await expect(buttons).toHaveCount(2)
  const widths = await buttons.evaluateAll((all) =>
    all.map((button) => Math.round(button.getBoundingClientRect().width))
  )
  expect(new Set(widths).size, `widths ${widths}`).toBe(1)
  expect(await accessibilityViolations(page)).toEqual([])
  expect(await overflowingElements(page)).toEqual([])

  // Previewed before anything is sent.
  const sent: string[] = []
  page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()))
  await chooseByKeyboard(page, 'Choose photo or PDF for Passport', {
    name: 'scan.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7')
  })
  await expect(row(page, 'PASSPORT')).toContainText('This PDF cannot be opened here')
  await chooseByKeyboard(page, 'Choose photo or PDF for Passport', {
    name: 'empty.png',
    mimeType: 'image/png',
    buffer: Buffer.alloc(0)
  })
  await expect(row(page, 'PASSPORT')).toContainText('This file is empty')
  expect(sent.filter((url) => url.includes('/documents/'))).toEqual([])

  await chooseByKeyboard(
    page,
    'Choose photo or PDF for Passport',
    await photo(page, 'image/png', 120, 80)
  )
  await expect(row(page, 'PASSPORT')).toContainText('Needed again')
  await expect(row(page, 'PASSPORT')).toContainText('all four corners')
  expect(await accessibilityViolations(page)).toEqual([])

  // Larger than Jiko accepts and not PNG, so it is converted here. The connection is slow enough to
  // show progress.
  const uploads = async (uploadThroughput: number) => {
    const line = await page.context().newCDPSession(page)
    await line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput
    })
  }
  await watchProgress(page)
  const large = await photo(page, 'image/jpeg', 4_000, 3_000)
  await chooseByKeyboard(page, 'Replace photo or PDF for Passport', large, () => uploads(400_000))
  await expect(row(page, 'PASSPORT')).toContainText('With Jiko', { timeout: 30_000 })
  expect(
    (await progressSeen(page)).filter((value) => value > 0 && value < 1).length
  ).toBeGreaterThan(0)
  await uploads(-1)

  // A reviewer at Jiko rejects it too.
  const [application] = await query<{ id: string }>(
    'select jiko_application_id as id from applications where user_id = $1',
    [user.userId]
  )
  await callControl('jiko', `/applications/${application?.id}/documents/PASSPORT/refuse`, {
    reason: 'EXPIRED_DOCUMENT'
  })
  await camera(page, 'SELFIE', await photo(page, 'image/png', 900, 1_200))
  await expect(row(page, 'SELFIE')).toContainText('With Jiko')
  await expect(row(page, 'PASSPORT')).toContainText('no longer valid')
  await keepSentFile(page)
  const [request] = await Promise.all([
    page.waitForRequest(
      (one) => one.url().includes('/documents/PASSPORT') && one.method() === 'POST'
    ),
    chooseByKeyboard(page, 'Replace photo or PDF for Passport', await scan(page, 6))
  ])
  expect(request.headers()['content-type']).toBe('image/png')
  // Four of the six pages, stacked, with dark text on each.
  expect(await sentPicture(page, 4)).toEqual({
    width: 1_400,
    height: 4 * 1_812,
    dark: [true, true, true, true]
  })
  await expect(heading(page, 'Two next steps')).toBeVisible({ timeout: 30_000 })
})

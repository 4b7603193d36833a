/** Measures whether a long list stalls while it is scrolled: frames and tasks of the page. */
import type { Browser } from 'playwright'

export type Cookie = { name: string; value: string; url: string }

const TURNS = 400
const PIXELS = 900

/**
 * Runs in the page: the longest task, the longest gap between frames and the most rendered rows.
 */
const OBSERVE = `(() => {
  const seen = { task: 0, frame: 0, rows: 0 }
  globalThis.scrollSeen = seen
  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => { seen.task = Math.max(seen.task, duration) })).observe({ type: 'longtask' })
  let last = performance.now()
  const frame = (now) => {
    seen.frame = Math.max(seen.frame, now - last)
    seen.rows = Math.max(seen.rows, document.querySelectorAll('main [data-index]').length)
    last = now
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
})()`

/** Scrolls frame by frame while the list loads more. @returns a sentence with the figures. */
export async function scrollThrough(
  browser: Browser,
  url: string,
  cookies: Cookie[]
): Promise<string> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  await context.addCookies(cookies)
  const page = await context.newPage()
  await page.goto(url)
  await page.locator('main [data-index]').first().waitFor()
  await page.mouse.move(640, 500)
  await page.evaluate(OBSERVE)
  for (let turn = 0; turn < TURNS; turn++) {
    await page.mouse.wheel(0, PIXELS)
    await page.evaluate('new Promise(requestAnimationFrame)')
  }
  const { task, frame, rows } = (await page.evaluate('scrollSeen')) as {
    task: number
    frame: number
    rows: number
  }
  const depth = Number(
    await page.evaluate(
      "Math.max(0, ...[...document.querySelectorAll('main [data-index]')].map((row) => Number(row.dataset.index)))"
    )
  )
  await context.close()
  return `Scrolled to line ${depth}: longest task ${task.toFixed(0)} ms, longest frame ${frame.toFixed(0)} ms, at most ${rows} lines drawn.`
}

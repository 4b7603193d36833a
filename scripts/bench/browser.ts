/**
 * `npm run bench browser`: bytes loaded and paint times per route, on the production build with
 * emulators. Sizes are bytes on the wire of a first visit; vendor scripts (Clerk, Plaid) are
 * counted apart.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { fillHistory } from '@/scripts/bench/long-history'
import { type Cookie, scrollThrough } from '@/scripts/bench/scroll'
import { findChromium } from '@/scripts/chromium.mjs'
import { readEnvironment } from '@/scripts/stack/env-files'
import { startStack } from '@/scripts/stack/stack'
import { VENDOR_NAMES } from '@/scripts/stack/vendors'

const SIGNED_OUT = ['/', '/sign-in', '/sign-up']
const SIGNED_IN = [
  '/onboarding/name',
  '/dashboard',
  '/transactions',
  '/connections',
  '/account',
  '/settings'
]
/** Transactions of the user whose list is scrolled. */
const LONG = 100_000
/** A mid-range phone, as Lighthouse emulates it. */
const SLOWDOWN = 4
const SETTLED_MS = 5_000

type Figures = {
  ours: number
  vendors: number
  firstPaintMs: number
  largestPaintMs: number
  shift: number
  blockedMs: number
}

/** Runs in the page: paints, layout shifts and the blocking time of tasks longer than 50 ms. */
const OBSERVE = `(() => {
  const seen = { first: 0, largest: 0, shift: 0, blocked: 0 }
  globalThis.benchSeen = seen
  const on = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true })
  on('paint', (entry) => { if (entry.name === 'first-contentful-paint') seen.first = entry.startTime })
  on('largest-contentful-paint', (entry) => { seen.largest = entry.startTime })
  on('layout-shift', (entry) => { if (!entry.hadRecentInput) seen.shift += entry.value })
  on('longtask', (entry) => { seen.blocked += entry.duration - 50 })
})()`

export async function benchBrowser(root: string): Promise<void> {
  const environment = readEnvironment(root)
  const found = await findChromium(environment)
  if (!found) throw new Error('There is no Chromium here and none could be had. Set CHROMIUM_PATH.')
  const dataDir = mkdtempSync(join(root, '.data', 'bench-'))
  const env = { ...environment, PORT: '3500', SANDBOX_PORT: '4500' }
  const stack = await startStack({
    root,
    dataDir,
    env,
    plan: { emulated: VENDOR_NAMES, strict: false },
    onCrash: (why) => console.error(why)
  })
  const browser = await chromium.launch({
    executablePath: found.path,
    env: { ...process.env, ...found.env } as Record<string, string>
  })
  try {
    const { userId, cookies } = await signIn(stack.urls.clerk ?? '', stack.appUrl)
    console.log(
      '| route | our scripts, KiB | vendors’, KiB | first paint, ms | largest paint, ms | layout shift | blocked, ms |\n|---|---|---|---|---|---|---|'
    )
    for (const path of SIGNED_OUT) print(path, await visit(browser, stack.appUrl + path, []))
    for (const path of SIGNED_IN) print(path, await visit(browser, stack.appUrl + path, cookies))
    await fillHistory(stack.env.DATABASE_URL ?? '', userId, LONG)
    console.log(await scrollThrough(browser, `${stack.appUrl}/transactions`, cookies))
  } finally {
    await browser.close()
    await stack.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function signIn(
  clerkUrl: string,
  appUrl: string
): Promise<{ userId: string; cookies: Cookie[] }> {
  const response = await fetch(`${clerkUrl}/_sandbox/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'bench+clerk_test@example.com', origin: appUrl })
  })
  const { userId, cookies } = (await response.json()) as {
    userId: string
    cookies: { name: string; value: string }[]
  }
  return { userId, cookies: cookies.map(({ name, value }) => ({ name, value, url: appUrl })) }
}

async function visit(browser: Browser, url: string, cookies: Cookie[]): Promise<Figures> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  await context.addCookies(cookies)
  const page = await context.newPage()
  await page.addInitScript(OBSERVE)
  const scripts = await countScripts(page)
  await page.goto(url)
  // The network never becomes idle: a signed-in page keeps an event stream open.
  await page.waitForTimeout(SETTLED_MS)
  const seen = (await page.evaluate('benchSeen')) as {
    first: number
    largest: number
    shift: number
    blocked: number
  }
  await context.close()
  return {
    ...scripts,
    firstPaintMs: seen.first,
    largestPaintMs: seen.largest,
    shift: seen.shift,
    blockedMs: seen.blocked
  }
}

/** Adds up the bytes of scripts as they arrive, in an object that is read later. */
async function countScripts(page: Page): Promise<{ ours: number; vendors: number }> {
  const sum = { ours: 0, vendors: 0 }
  const urls = new Map<string, string>()
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
  cdp.on('Network.responseReceived', ({ requestId, response, type }) => {
    if (type === 'Script') urls.set(requestId, response.url)
  })
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const url = urls.get(requestId)
    if (!url) return
    if (new URL(url).pathname.startsWith('/_next/')) sum.ours += encodedDataLength
    else sum.vendors += encodedDataLength
  })
  return sum
}

const kib = (bytes: number) => (bytes / 1_024).toFixed(0)

function print(
  path: string,
  { ours, vendors, firstPaintMs, largestPaintMs, shift, blockedMs }: Figures
): void {
  const times = [firstPaintMs, largestPaintMs].map((ms) => ms.toFixed(0)).join(' | ')
  console.log(
    `| ${path} | ${kib(ours)} | ${kib(vendors)} | ${times} | ${shift.toFixed(3)} | ${blockedMs.toFixed(0)} |`
  )
}

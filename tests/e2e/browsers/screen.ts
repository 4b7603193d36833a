/** A page as its user meets it: by roles and names, which the browser itself computes. */
import { writeFileSync } from 'node:fs'
import { openFirefox } from '@/tests/e2e/browsers/firefox'
import { type BrowserSetup, ELEMENT } from '@/tests/e2e/browsers/webdriver'
import { openWebKit } from '@/tests/e2e/browsers/webkit'

const SELECTORS = {
  button: 'button, [role=button]',
  link: 'a[href]',
  textbox: 'input:not([type=radio], [type=checkbox], [type=hidden]), textarea',
  radio: 'input[type=radio]',
  checkbox: 'input[type=checkbox]',
  combobox: 'select',
  heading: 'h1, h2, h3'
}
type Role = keyof typeof SELECTORS
export type ElementId = { [ELEMENT]: string }

const FOUND_WITHIN_MS = 40_000
const POLL_MS = 150
/** Whether React has hydrated the page; a page of another server always counts. */
const IS_HYDRATED = `
  const parts = [...document.querySelectorAll('main :is(button, input, select, textarea, a)')]
  const isHydrated = (part) => Object.keys(part).some((key) => key.startsWith('__reactProps$'))
  return document.readyState === 'complete' &&
    (!document.querySelector('script[src*="/_next/"]') || parts.every(isHydrated))`

/** WebKit's own command calls an element with hidden overflow and nothing but text invisible. */
const IS_VISIBLE = 'return arguments[0].checkVisibility({ visibilityProperty: true })'

const DESCRIPTION = `
  const { hidden } = document.documentElement
  return [location.href, hidden ? 'hidden' : 'shown', document.body.innerText.slice(0, 400)].join('\\n')`

export type Screen = Awaited<ReturnType<typeof openScreen>>

export async function openScreen(setup: BrowserSetup) {
  const driver = await (setup.kind === 'firefox' ? openFirefox(setup) : openWebKit(setup))
  const run = <T>(script: string, ...args: unknown[]) =>
    driver.send('ExecuteScript', { script, args }) as Promise<T>
  const all = async (selector: string) =>
    (await driver.send('FindElements', { using: 'css selector', value: selector })) as ElementId[]
  const label = (id: string) => driver.send('GetComputedLabel', { id }) as Promise<string>
  const find = (role: Role, name: string | RegExp) =>
    until(`${role} ${name}`, async () => {
      if (!(await run<boolean>(IS_HYDRATED))) return null
      for (const { [ELEMENT]: id } of await all(SELECTORS[role])) {
        const text = await label(id)
        const matches = typeof name === 'string' ? text === name : name.test(text)
        if (matches && (await run<boolean>(IS_VISIBLE, { [ELEMENT]: id }))) return id
      }
      return null
    })
  return {
    driver,
    run,
    all,
    label,
    find,
    press: async (role: Role, name: string | RegExp) => {
      const id = await find(role, name)
      await run("arguments[0].scrollIntoView({ block: 'center' })", { [ELEMENT]: id })
      await driver.send('ElementClick', { id })
    },
    type: async (name: string | RegExp, text: string) =>
      driver.send('ElementSendKeys', { id: await find('textbox', name), text }),
    hasText: (text: string) =>
      until(`text ${text}`, async () => {
        const shown = await run<string>('return document.body.innerText')
        return shown.includes(text) || null
      }),
    /** The address and the beginning of the text, for a failed test. */
    describe: () => run<string>(DESCRIPTION),
    goto: (url: string) => driver.send('Navigate', { url }),
    heading: (name: string | RegExp) => find('heading', name),
    choose: async (selector: string) => {
      const [option] = await until(selector, () => nonEmpty(all(selector)))
      await driver.send('ElementClick', { id: option?.[ELEMENT] ?? '' })
    },
    /** Presses the mouse at a point of the window. */
    pressAt: (x: number, y: number) => driver.send('PerformActions', { actions: pressAt(x, y) }),
    /** Runs steps in Plaid's frame. */
    inLink: async (steps: () => Promise<void>) => {
      const frames = await until('Link', () => nonEmpty(all('iframe[title*="connect a bank"]')))
      await driver.send('SwitchToFrame', { element: frames[0]?.[ELEMENT], id: undefined })
      await steps()
      await driver.send('SwitchToFrame')
    },
    screenshot: async (file: string) =>
      writeFileSync(file, Buffer.from((await driver.send('TakeScreenshot')) as string, 'base64')),
    quit: () => driver.quit()
  }
}

const nonEmpty = async (elements: Promise<ElementId[]>) => {
  const found = await elements
  return found.length ? found : null
}

const pressAt = (x: number, y: number) => [
  {
    type: 'pointer',
    id: 'mouse',
    parameters: { pointerType: 'mouse' },
    actions: [
      { type: 'pointerMove', duration: 0, origin: 'viewport', x, y },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 }
    ]
  }
]

/**
 * Polls until `look` returns something. Errors count as not found, because a page may be replacing
 * the element. @throws with the last error.
 */
export async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  let problem = 'not found'
  for (const deadline = Date.now() + FOUND_WITHIN_MS; Date.now() < deadline; ) {
    try {
      const found = await look()
      if (found !== null) return found
      problem = 'not found'
    } catch (error) {
      problem = String(error)
    }
    await new Promise((done) => setTimeout(done, POLL_MS))
  }
  throw new Error(`${what}: ${problem}`)
}

/**
 * The W3C WebDriver commands that the tests use (https://www.w3.org/TR/webdriver2/), by the names
 * that Firefox's Marionette gives them.
 */
import type { ChildProcess } from 'node:child_process'

export type Command =
  | 'Navigate'
  | 'AddCookie'
  | 'DeleteAllCookies'
  | 'FindElements'
  | 'ElementClick'
  | 'ElementSendKeys'
  | 'PerformActions'
  | 'GetComputedLabel'
  | 'GetComputedRole'
  | 'ExecuteScript'
  | 'SwitchToFrame'
  | 'TakeScreenshot'
export type Params = Record<string, unknown> & { id?: string }
export type Driver = {
  send: (command: Command, params?: Params) => Promise<unknown>
  quit: () => Promise<void>
}

/** Programs and ports, found by scripts/suites/browser-suites.ts. */
export type BrowserSetup = {
  kind: 'firefox' | 'webkit'
  binary: string
  driver?: string
  port: number
  display?: string
}

/** The key of an element's id in every response. */
export const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'

const READY_WITHIN_MS = 60_000
const POLL_MS = 200

/** Retries until it succeeds. @throws the last error after a minute. */
export async function retryUntilReady<T>(get: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + READY_WITHIN_MS; ; ) {
    try {
      return await get()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((done) => setTimeout(done, POLL_MS))
    }
  }
}

export function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve()
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  return ended
}

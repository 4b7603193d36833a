/** WebKitGTK's MiniBrowser, driven over HTTP by WebKitWebDriver. */
import { spawn } from 'node:child_process'
import {
  type BrowserSetup,
  type Command,
  type Driver,
  ELEMENT,
  retryUntilReady,
  stopProcess
} from '@/tests/e2e/browsers/webdriver'

const ROUTES: Record<Command, [method: 'GET' | 'POST' | 'DELETE', path: string]> = {
  Navigate: ['POST', 'url'],
  AddCookie: ['POST', 'cookie'],
  DeleteAllCookies: ['DELETE', 'cookie'],
  FindElements: ['POST', 'elements'],
  ElementClick: ['POST', 'element/:id/click'],
  ElementSendKeys: ['POST', 'element/:id/value'],
  PerformActions: ['POST', 'actions'],
  GetComputedLabel: ['GET', 'element/:id/computedlabel'],
  GetComputedRole: ['GET', 'element/:id/computedrole'],
  ExecuteScript: ['POST', 'execute/sync'],
  SwitchToFrame: ['POST', 'frame'],
  TakeScreenshot: ['GET', 'screenshot']
}

type Value = { error?: string; message?: string; sessionId?: string } | null

export async function openWebKit(setup: BrowserSetup): Promise<Driver> {
  const { binary, driver = '', port, display = '' } = setup
  const child = spawn(driver, ['--host=127.0.0.1', `--port=${port}`], {
    env: { ...process.env, DISPLAY: display, GDK_BACKEND: 'x11', NO_AT_BRIDGE: '1' },
    stdio: 'ignore'
  })
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`http://127.0.0.1:${port}/${path}`, {
      method,
      body: body ? JSON.stringify(body) : null
    })
    const { value } = (await response.json()) as { value: Value }
    const name = path.split('/').slice(2).join('/')
    if (!response.ok) throw new Error(`${name}: ${value?.error}: ${value?.message}`)
    return value
  }
  const options = { binary, args: ['--automation'] }
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } }
  try {
    await retryUntilReady(() => call('GET', 'status'))
    const session = await call('POST', 'session', { capabilities })
    const base = `session/${session?.sessionId}`
    return {
      send: (command, { id, ...params } = {}) => {
        const [method, path] = ROUTES[command]
        const frame = { id: params.element ? { [ELEMENT]: params.element } : null }
        const body = command === 'SwitchToFrame' ? frame : params
        const url = `${base}/${path.replace(':id', id ?? '')}`
        return call(method, url, method === 'POST' ? body : undefined)
      },
      quit: async () => {
        await call('DELETE', base).catch(() => {})
        await stopProcess(child)
      }
    }
  } catch (error) {
    await stopProcess(child)
    throw error
  }
}

// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadLinkScript } from '@/components/connections/link/load-link-script'

const scripts = () => [...document.head.querySelectorAll('script')]
afterEach(() => {
  for (const script of scripts()) script.remove()
})

describe('loading Link’s script', () => {
  it('loads Plaid’s own script when the server names none', async () => {
    const loading = loadLinkScript(null)
    expect(scripts()[0]?.src).toBe('https://cdn.plaid.com/link/v2/stable/link-initialize.js')
    scripts()[0]?.dispatchEvent(new Event('load'))
    await loading
  })

  it('gives up on a script that hangs, and loads it again on request', async () => {
    vi.useFakeTimers()
    const first = loadLinkScript('http://localhost/hangs.js')
    const refused = expect(first).rejects.toThrow()
    await vi.advanceTimersByTimeAsync(20_000)
    await refused
    vi.useRealTimers()
    const second = loadLinkScript('http://localhost/hangs.js')
    expect(scripts()).toHaveLength(1)
    scripts()[0]?.dispatchEvent(new Event('load'))
    await second
  })

  it('requests the script once for any number of callers', async () => {
    const both = Promise.all([
      loadLinkScript('http://localhost/once.js'),
      loadLinkScript('http://localhost/once.js')
    ])
    expect(scripts()).toHaveLength(1)
    scripts()[0]?.dispatchEvent(new Event('load'))
    await both
  })

  it('can be tried again after it was blocked', async () => {
    const first = loadLinkScript('http://localhost/blocked.js')
    scripts()[0]?.dispatchEvent(new Event('error'))
    await expect(first).rejects.toThrow()
    expect(scripts()).toHaveLength(0)
    const second = loadLinkScript('http://localhost/blocked.js')
    scripts()[0]?.dispatchEvent(new Event('load'))
    await second
  })
})

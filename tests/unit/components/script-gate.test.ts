// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest'
import { loadLinkScript } from '@/components/link/script-gate'

const scripts = () => [...document.head.querySelectorAll('script')]
afterEach(() => {
  for (const script of scripts()) script.remove()
})

describe('loading Link’s script', () => {
  it('leaves Plaid’s own script to the library', async () => {
    await loadLinkScript(null)
    expect(scripts()).toHaveLength(0)
  })

  it('asks for the script once, however many wait for it', async () => {
    const both = Promise.all([loadLinkScript('http://localhost/once.js'), loadLinkScript('http://localhost/once.js')])
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

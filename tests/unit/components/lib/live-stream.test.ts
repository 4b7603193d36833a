// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest'
import type { Renewal } from '@/components/lib/api'
import { followChangeStream, waitInBrowser } from '@/components/lib/change-stream'

type Answer = () => Response
const stream = (...chunks: string[]): Response =>
  new Response(
    new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk))
        controller.close()
      }
    })
  )

/** Follows a scripted server until its responses end. */
async function follow(answers: Answer[], { renew = ['renewed'] as Renewal[] } = {}) {
  const stop = new AbortController()
  const heard: number[] = []
  const waits: number[] = []
  let renewals = 0
  await followChangeStream((version) => heard.push(version), stop.signal, {
    fetch: async () => {
      const next = answers.shift()
      if (next) return next()
      stop.abort()
      throw new TypeError('aborted')
    },
    renew: async () => {
      renewals += 1
      return renew.shift() ?? 'renewed'
    },
    wait: async (ms) => void waits.push(ms)
  })
  return { heard, waits, renewals }
}

describe('the change stream', () => {
  it('reports each change once, also when a message arrives in chunks', async () => {
    const { heard } = await follow([
      () =>
        stream(
          'retry: 2000\n\nevent: change\nda',
          'ta: {"version":3}\n\n: still here\n\n',
          'event: change\ndata: {"version":4}\n\n'
        )
    ])
    expect(heard).toEqual([3, 4])
  })

  it('reconnects after it ended, and receives missed changes', async () => {
    const { heard } = await follow([
      () => stream('event: change\ndata: {"version":1}\n\n'),
      () => stream('event: change\ndata: {"version":9}\n\n')
    ])
    expect(heard).toEqual([1, 9])
  })

  it('renews the session after a 401 and continues', async () => {
    const { heard, renewals } = await follow([
      () => new Response(null, { status: 401 }),
      () => stream('event: change\ndata: {"version":2}\n\n')
    ])
    expect(renewals).toBe(1)
    expect(heard).toEqual([2])
  })

  it('goes on when the session cannot be renewed yet, as before Clerk’s script has loaded', async () => {
    const refused = () => new Response(null, { status: 401 })
    const { heard, renewals } = await follow(
      [refused, refused, () => stream('event: change\ndata: {"version":2}\n\n')],
      { renew: ['unknown', 'renewed'] }
    )
    expect(renewals).toBe(2)
    expect(heard).toEqual([2])
  })

  it('stops when no user is signed in', async () => {
    const { heard } = await follow(
      [
        () => new Response(null, { status: 401 }),
        () => stream('event: change\ndata: {"version":2}\n\n')
      ],
      { renew: ['signed_out'] }
    )
    expect(heard).toEqual([])
  })

  it('waits longer after each failure, half a minute at most', async () => {
    const down = () => new Response(null, { status: 503 })
    const { waits } = await follow(Array.from({ length: 9 }, () => down))
    expect(waits.every((ms, index) => ms <= Math.min(30_000, 500 * 2 ** (index + 1)))).toBe(true)
    expect(waits.at(-1)).toBeGreaterThan(10_000)
  })

  it('survives a message that is not JSON', async () => {
    const { heard } = await follow([
      () => stream('event: change\ndata: {"vers\n\nevent: change\ndata: {"version":5}\n\n')
    ])
    expect(heard).toEqual([5])
  })

  it('treats a connection without three heartbeats as dead, and opens another', async () => {
    vi.useFakeTimers()
    const stop = new AbortController()
    let opened = 0
    const silent: typeof fetch = async (_, init) => {
      opened += 1
      return new Response(
        new ReadableStream({
          start: (controller) =>
            init?.signal?.addEventListener('abort', () => controller.error(new Error('cut')))
        })
      )
    }
    const following = followChangeStream(() => {}, stop.signal, {
      fetch: silent,
      renew: async () => 'renewed',
      wait: async () => {}
    })
    await vi.advanceTimersByTimeAsync(44_000)
    expect(opened).toBe(1)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(opened).toBe(2)
    stop.abort()
    await following
    vi.useRealTimers()
  })
})

describe('the reconnect delay', () => {
  const see = (state: DocumentVisibilityState) => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
    document.dispatchEvent(new Event('visibilitychange'))
  }
  const goOnline = () => {
    globalThis.dispatchEvent(new Event('online'))
  }
  const endsBy = async (act: () => void): Promise<boolean> => {
    const stop = new AbortController()
    let over = false
    const waiting = waitInBrowser(60_000, stop.signal).then(() => {
      over = true
    })
    act()
    await Promise.resolve()
    await Promise.resolve()
    const ended = over
    stop.abort()
    await waiting
    vi.restoreAllMocks()
    return ended
  }

  it('ends when the tab becomes visible or the network is back, and not while the tab is hidden', async () => {
    expect(await endsBy(() => see('visible'))).toBe(true)
    expect(await endsBy(goOnline)).toBe(true)
    expect(await endsBy(() => see('hidden'))).toBe(false)
    expect(await endsBy(() => {})).toBe(false)
  })
})

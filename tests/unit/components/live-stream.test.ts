import { describe, expect, it } from 'vitest'
import { followChanges } from '@/components/live-stream'

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

/** Follows a scripted server until its answers run out. */
async function follow(answers: Answer[], { renew = true } = {}) {
  const stop = new AbortController()
  const heard: number[] = []
  const waits: number[] = []
  let renewals = 0
  await followChanges((version) => heard.push(version), stop.signal, {
    fetch: async () => {
      const next = answers.shift()
      if (next) return next()
      stop.abort()
      throw new TypeError('aborted')
    },
    renew: async () => {
      renewals += 1
      return renew
    },
    wait: async (ms) => void waits.push(ms)
  })
  return { heard, waits, renewals }
}

describe('following the stream of changes', () => {
  it('tells each change once, also where a message arrives in pieces', async () => {
    const { heard } = await follow([
      () => stream('retry: 2000\n\nevent: change\nda', 'ta: {"version":3}\n\n: still here\n\n', 'event: change\ndata: {"version":4}\n\n')
    ])
    expect(heard).toEqual([3, 4])
  })

  it('opens the stream again after it ended, and hears what it missed', async () => {
    const { heard } = await follow([() => stream('event: change\ndata: {"version":1}\n\n'), () => stream('event: change\ndata: {"version":9}\n\n')])
    expect(heard).toEqual([1, 9])
  })

  it('renews the session after a 401 and goes on', async () => {
    const { heard, renewals } = await follow([() => new Response(null, { status: 401 }), () => stream('event: change\ndata: {"version":2}\n\n')])
    expect(renewals).toBe(1)
    expect(heard).toEqual([2])
  })

  it('stops where nobody is signed in any more', async () => {
    const { heard } = await follow([() => new Response(null, { status: 401 }), () => stream('event: change\ndata: {"version":2}\n\n')], { renew: false })
    expect(heard).toEqual([])
  })

  it('waits longer after each failure, and half a minute at most', async () => {
    const down = () => new Response(null, { status: 503 })
    const { waits } = await follow(Array.from({ length: 9 }, () => down))
    expect(waits.every((ms, index) => ms <= Math.min(30_000, 500 * 2 ** (index + 1)))).toBe(true)
    expect(waits.at(-1)).toBeGreaterThan(10_000)
  })

  it('survives a message that is not JSON', async () => {
    const { heard } = await follow([() => stream('event: change\ndata: {"vers\n\nevent: change\ndata: {"version":5}\n\n')])
    expect(heard).toEqual([5])
  })
})

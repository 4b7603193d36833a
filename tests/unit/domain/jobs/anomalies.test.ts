import { describe, expect, test } from 'vitest'
import { type Anomaly, createDetector, type Minute } from '@/lib/domain/health/anomalies'
import { causeOf } from '@/lib/domain/health/causes'
import { evaluate, summarize } from '@/scripts/bench/anomalies'

const HOURS = 5 * 60
const minute = (more: Partial<Minute> & { failed?: Partial<Minute['failures']> } = {}): Minute => {
  const { failed = {}, ...rest } = more
  const failures = { institution: 0, vendor: 0, us: 0, user: 0, ...failed }
  return { calls: 4, timed: 4, logMs: 4 * Math.log(300), ...rest, failures }
}

/** The anomalies after five usual hours and these minutes. */
function detect(minutes: Minute[], options: Parameters<typeof createDetector>[0]): Anomaly[] {
  const detector = createDetector(options)
  for (let n = 0; n < HOURS; n++) detector.add(minute())
  for (const one of minutes) detector.add(one)
  return detector.anomalies
}
const repeat = (count: number, one: Minute) => Array.from({ length: count }, () => one)
const INSTITUTION = { owner: 'institution' } as const

describe('an institution', () => {
  test('that refuses every call is noticed in the second minute, from its first failure on', () => {
    const failing = minute({ timed: 0, logMs: 0, failed: { institution: 4 } })
    expect(detect(repeat(6, failing), INSTITUTION)).toEqual([
      {
        kind: 'errors',
        cause: 'institution',
        beganAt: HOURS,
        noticedAt: HOURS + 1,
        endedAt: null
      }
    ])
  })

  test('has an anomaly that ends with its last unusual minute, after ten usual ones', () => {
    const failing = minute({ timed: 0, logMs: 0, failed: { vendor: 4 } })
    const [found] = detect([...repeat(30, failing), ...repeat(40, minute())], INSTITUTION)
    expect(found?.cause).toBe('vendor')
    expect(found?.endedAt).toBeGreaterThanOrEqual(HOURS + 30)
    expect(found?.endedAt).toBeLessThan(HOURS + 50)
  })

  test('whose users enter wrong passwords has no anomaly', () => {
    const wrong = minute({ timed: 0, logMs: 0, failed: { user: 4 } })
    expect(detect(repeat(30, wrong), INSTITUTION)).toEqual([])
  })

  test('that answers three times slower is noticed, and one that is half slower is not', () => {
    const slow = (factor: number) => minute({ logMs: 4 * Math.log(300 * factor) })
    expect(detect(repeat(10, slow(3)), INSTITUTION)).toMatchObject([
      { kind: 'latency', cause: 'institution' }
    ])
    expect(detect(repeat(30, slow(1.5)), INSTITUTION)).toEqual([])
  })

  test('without calls is not silent, because we call it', () => {
    expect(detect(repeat(30, minute({ calls: 0, timed: 0, logMs: 0 })), INSTITUTION)).toEqual([])
  })
})

test('a vendor that sends nothing is silent after as many minutes as fourteen webhooks take', () => {
  const silent = minute({ calls: 0, timed: 0, logMs: 0 })
  const found = detect(repeat(10, silent), { owner: 'vendor', detectsSilence: true })
  expect(found).toMatchObject([{ kind: 'silence', cause: 'vendor', noticedAt: HOURS + 4 }])
})

test('nothing is unusual before there is a usual range', () => {
  const detector = createDetector(INSTITUTION)
  for (let n = 0; n < 6; n++) detector.add(minute({ failed: { institution: 4 } }))
  expect(detector.anomalies).toEqual([])
})

test.each([
  ['INSTITUTION_ERROR', 'INSTITUTION_DOWN', 'institution'],
  ['ITEM_ERROR', 'ITEM_LOGIN_REQUIRED', 'user'],
  ['API_ERROR', 'INTERNAL_SERVER_ERROR', 'vendor'],
  ['INVALID_REQUEST', 'MISSING_FIELDS', 'us'],
  [null, 'TIMEOUT', 'vendor'],
  [null, 'REFUSED', 'user']
])('an error of type %s and code %s is the fault of: %s', (type, code, cause) => {
  expect(causeOf(type, code)).toBe(cause)
})

test('on twenty simulated days precision and recall are at least 0.9, and half is noticed within five minutes', () => {
  const { precision, recall, delayP50 } = summarize(evaluate(9_000_000, 20))
  expect(precision).toBeGreaterThanOrEqual(0.9)
  expect(recall).toBeGreaterThanOrEqual(0.9)
  expect(delayP50).toBeLessThanOrEqual(5)
})

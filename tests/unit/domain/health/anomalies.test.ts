import { describe, expect, test } from 'vitest'
import { type Anomaly, createDetector, type Minute } from '@/lib/domain/health/anomalies'
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
const FAILING = minute({ timed: 0, logMs: 0, failed: { institution: 4 } })
const SILENT = minute({ calls: 0, timed: 0, logMs: 0 })

/** Whether a minute is noticed when one usual minute and twenty without calls came before it. */
function isNoticed(usual: Minute, now: Minute): boolean {
  const detector = createDetector(INSTITUTION)
  for (const one of [usual, ...repeat(20, SILENT), now]) detector.add(one)
  return detector.anomalies.length > 0
}

describe('an institution', () => {
  test('that refuses every call is noticed in the second minute, from its first failure on', () => {
    expect(detect(repeat(6, FAILING), INSTITUTION)).toEqual([
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

  test('is unusual while a fifth of the calls of the last twenty minutes failed', () => {
    const afterOutage = (usual: number) =>
      detect([...repeat(30, FAILING), ...repeat(usual, minute())], INSTITUTION)
    // Four of twenty minutes failed in the sixteenth minute after the last failure.
    expect(afterOutage(25)).toMatchObject([{ endedAt: null }])
    expect(afterOutage(26)).toMatchObject([{ endedAt: HOURS + 30 + 16 }])
  })

  test('that fails for almost four hours has one anomaly, which does not become usual', () => {
    expect(detect(repeat(225, FAILING), INSTITUTION)).toMatchObject([
      { beganAt: HOURS, endedAt: null }
    ])
  })

  test('that fails again after an hour has two anomalies', () => {
    const outage = repeat(6, FAILING)
    const found = detect([...outage, ...repeat(60, minute()), ...outage], INSTITUTION)
    expect(found).toMatchObject([{ beganAt: HOURS }, { beganAt: HOURS + 66, endedAt: null }])
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

  test('that grows slower over hours is compared with its last four hours only', () => {
    const slow = (factor: number) => minute({ logMs: 4 * Math.log(300 * factor) })
    expect(detect([...repeat(250, slow(5 / 3)), ...repeat(30, slow(3))], INSTITUTION)).toEqual([])
  })

  test('without calls is not silent, because we call it', () => {
    expect(detect(repeat(30, SILENT), INSTITUTION)).toEqual([])
  })
})

describe('a vendor', () => {
  const VENDOR = { owner: 'vendor', detectsSilence: true } as const

  test('that sends nothing is silent after as many minutes as fourteen webhooks take', () => {
    expect(detect(repeat(10, SILENT), VENDOR)).toMatchObject([
      { kind: 'silence', cause: 'vendor', noticedAt: HOURS + 4 }
    ])
  })

  test.each([
    [7, 1],
    [6, 0]
  ])('that sends in %d of ten minutes is silent %d times in twenty minutes', (often, times) => {
    const detector = createDetector(VENDOR)
    const one = minute({ calls: 1, timed: 0, logMs: 0 })
    for (let n = 0; n < HOURS; n++) detector.add(n % 10 < often ? one : SILENT)
    for (let n = 0; n < 20; n++) detector.add(SILENT)
    expect(detector.anomalies).toHaveLength(times)
  })
})

/** A title, the usual minute, the present one, and whether it is noticed. */
type Case = [string, usual: [number, number], now: [number, number], noticed: boolean]

describe('errors', () => {
  const calls = (count: number, failed: number) =>
    minute({ calls: count, timed: 0, logMs: 0, failed: { us: failed } })

  test.each<Case>([
    ['at least five', [1_000, 0], [20, 4], false],
    ['at least five', [1_000, 0], [20, 5], true],
    ['at least a fifth', [1_000, 0], [25, 5], true],
    ['at least a fifth', [1_000, 0], [26, 5], false],
    ['more than usual', [90, 6], [20, 5], true],
    ['more than usual', [100, 7], [20, 5], false],
    ['over five standard deviations', [300, 199], [100, 75], false],
    ['over five standard deviations', [300, 199], [100, 76], true]
  ])('are noticed if they are %s: usually %j, now %j: %s', (_, usual, now, noticed) => {
    expect(isNoticed(calls(...usual), calls(...now))).toBe(noticed)
  })

  test('are noticed from the thirtieth usual call on', () => {
    const detector = createDetector(INSTITUTION)
    for (const one of repeat(30, calls(1, 0))) detector.add(one)
    for (const one of repeat(10, FAILING)) detector.add(one)
    expect(detector.anomalies).toMatchObject([{ beganAt: 30, noticedAt: 34 }])
  })
})

describe('slow answers', () => {
  const answers = (timed: number, ms: number) =>
    minute({ calls: 30, timed, logMs: timed * Math.log(ms) })

  test.each<Case>([
    ['more than twice the usual time', [30, 1], [8, 2], false],
    ['more than twice the usual time', [30, 1], [8, 3], true],
    ['eight timed answers', [30, 1], [7, 3], false],
    ['thirty usual timed answers', [29, 1], [8, 3], false]
  ])('are noticed with %s: usually %j, now %j: %s', (_, usual, now, noticed) => {
    expect(isNoticed(answers(...usual), answers(...now))).toBe(noticed)
  })
})

test('nothing is unusual before there is a usual range', () => {
  const detector = createDetector(INSTITUTION)
  for (let n = 0; n < 6; n++) detector.add(minute({ failed: { institution: 4 } }))
  expect(detector.anomalies).toEqual([])
})

test('on twenty simulated days precision and recall are at least 0.9, and half is noticed within five minutes', () => {
  const { precision, recall, delayP50 } = summarize(evaluate(9_000_000, 20))
  expect(precision).toBeGreaterThanOrEqual(0.9)
  expect(recall).toBeGreaterThanOrEqual(0.9)
  expect(delayP50).toBeLessThanOrEqual(5)
})

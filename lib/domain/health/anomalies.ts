/**
 * Finds institutions and vendors whose errors, response times or silence left their usual range.
 * Takes what happened in each minute, one minute after the other. The parameters were frozen before
 * they were evaluated (docs/operations/anomalies.md).
 */

/** Who has to act. `user`: a login that its user must repair. */
export const CAUSES = ['institution', 'vendor', 'us', 'user'] as const
export type Cause = (typeof CAUSES)[number]
export type AnomalyKind = 'errors' | 'latency' | 'silence'

/** One minute of one subject, such as the calls about an institution. */
export type Minute = {
  calls: number
  /** Failed calls by whose fault the error names. */
  failures: Record<Cause, number>
  /** The successful calls, and the sum of the natural logarithms of their milliseconds. */
  timed: number
  logMs: number
}

export type Anomaly = {
  kind: AnomalyKind
  cause: Cause
  /** Indexes of minutes: its first one, the one in which it was noticed, the first usual one after it. */
  beganAt: number
  noticedAt: number
  endedAt: number | null
}

/** A rare call fills the long window, a frequent one the short. In minutes. */
const WINDOWS = [5, 20] as const
const BASELINE = 240
const MIN_BASELINE_CALLS = 30
const ERROR_DEVIATIONS = 5
const MIN_FAILURES = 5
const MIN_FAILURE_SHARE = 0.2
/** Added to the baseline, so that a single failure after a clean day is not infinitely unusual. */
const PRIOR = { failures: 1, calls: 100 }
const LATENCY_FACTOR = 2
const MIN_TIMED = 8
/** Silence of so many calls has a probability below one in a million where calls are independent. */
const MIN_EXPECTED_CALLS = 14
const QUIET_MINUTES = 10

/** Failures that do not concern a single user only. */
const SYSTEMIC = ['institution', 'vendor', 'us'] as const

type Totals = Record<(typeof SYSTEMIC)[number], number> & {
  minutes: number
  calls: number
  timed: number
  logMs: number
}
const ZERO: Totals = { minutes: 0, calls: 0, timed: 0, logMs: 0, institution: 0, vendor: 0, us: 0 }
const NAMES = Object.keys(ZERO) as (keyof Totals)[]

const combine = (a: Totals, b: Totals, sign: 1 | -1): Totals => {
  const sum = { ...a }
  for (const name of NAMES) sum[name] += sign * b[name]
  return sum
}

const toTotals = ({ calls, failures, timed, logMs }: Minute): Totals => {
  const { institution, vendor, us } = failures
  return { minutes: 1, calls, timed, logMs, institution, vendor, us }
}

const failuresOf = (totals: Totals) => totals.institution + totals.vendor + totals.us

type Options = {
  /** Who answers slowly or falls silent. */
  owner: 'institution' | 'vendor'
  /** Whether no calls at all mean trouble: for what a vendor sends unasked. */
  detectsSilence?: boolean
}

/** Sums since the start. The sum of some minutes is the difference of two entries; none is zero. */
type RunningSums = Totals[]

const between = (sums: RunningSums, from: number, to: number): Totals =>
  combine(sums[to] ?? ZERO, sums[from] ?? ZERO, -1)

/** Follows one subject. `add` the minutes in order; `anomalies` are those noticed so far. */
export function createDetector({ owner, detectsSilence = false }: Options) {
  const all: RunningSums = [ZERO]
  /** Without the minutes of anomalies. */
  const usual: RunningSums = [ZERO]
  const log = createAnomalyLog()
  return {
    anomalies: log.anomalies,
    add(minute: Minute): void {
      const at = all.length - 1
      all.push(combine(all[at] ?? ZERO, toTotals(minute), 1))
      for (const window of WINDOWS) {
        const from = at - window + 1
        const base = between(usual, from - BASELINE, from)
        if (base.calls < MIN_BASELINE_CALLS) continue
        const recent = between(all, from, at + 1)
        const cause = causeOfErrors(recent, base)
        if (cause) log.note('errors', cause, { at, beganAt: firstFailure(all, from) })
        if (isSlow(recent, base)) log.note('latency', owner, { at, beganAt: from })
        if (detectsSilence && isSilent(recent, base, window))
          log.note('silence', 'vendor', { at, beganAt: from })
      }
      log.close(at)
      usual.push(combine(usual[at] ?? ZERO, log.hasOpen() ? ZERO : toTotals(minute), 1))
    }
  }
}

/** The anomalies of one subject. One of a kind is open until ten minutes were as usual. */
function createAnomalyLog() {
  const anomalies: Anomaly[] = []
  const open = new Map<AnomalyKind, { anomaly: Anomaly; lastAt: number }>()
  return {
    anomalies,
    hasOpen: () => open.size > 0,
    /** `beganAt` counts for a new anomaly; an open one only goes on. */
    note(kind: AnomalyKind, cause: Cause, { at, beganAt }: { at: number; beganAt: number }): void {
      const current = open.get(kind)
      if (current) {
        current.lastAt = at
        return
      }
      const anomaly = { kind, cause, beganAt, noticedAt: at, endedAt: null }
      anomalies.push(anomaly)
      open.set(kind, { anomaly, lastAt: at })
    },
    close(at: number): void {
      for (const [kind, { anomaly, lastAt }] of open)
        if (at - lastAt >= QUIET_MINUTES) {
          anomaly.endedAt = lastAt + 1
          open.delete(kind)
        }
    }
  }
}

/** @returns the first minute with a failure, from this one on. There must be one. */
function firstFailure(all: RunningSums, from: number): number {
  const before = failuresOf(all[from] ?? ZERO)
  return all.findIndex((sums) => failuresOf(sums) > before) - 1
}

/** @returns whose errors are more frequent than usual; null if none are. */
function causeOfErrors(recent: Totals, base: Totals): Cause | null {
  const failed = failuresOf(recent)
  if (failed < MIN_FAILURES || failed < MIN_FAILURE_SHARE * recent.calls) return null
  const rate = (failuresOf(base) + PRIOR.failures) / (base.calls + PRIOR.calls)
  const expected = recent.calls * rate
  if (failed <= expected + ERROR_DEVIATIONS * Math.sqrt(expected * (1 - rate))) return null
  return [...SYSTEMIC].sort((a, b) => recent[b] - recent[a])[0] ?? null
}

/** Compares geometric means: a single slow call does not count much. */
const isSlow = (recent: Totals, base: Totals): boolean =>
  recent.timed >= MIN_TIMED &&
  base.timed >= MIN_BASELINE_CALLS &&
  recent.logMs / recent.timed - base.logMs / base.timed > Math.log(LATENCY_FACTOR)

const isSilent = (recent: Totals, base: Totals, window: number): boolean =>
  recent.calls === 0 && (base.calls / base.minutes) * window >= MIN_EXPECTED_CALLS

/**
 * Simulated days of calls to institutions and of a vendor's webhooks, with incidents whose times are
 * known. Imports nothing of what it tests.
 */

export type Fault = 'institution' | 'vendor' | 'us' | 'user'
export type SimulatedMinute = {
  calls: number
  failures: Record<Fault, number>
  timed: number
  logMs: number
}
export type Incident = {
  subject: string
  kind: 'errors' | 'latency' | 'silence'
  cause: Fault
  beganAt: number
  endedAt: number
  /** Calls that failed, were slow, or did not arrive. */
  affected: number
}
export type Day = { subjects: Map<string, SimulatedMinute[]>; incidents: Incident[] }

export const WEBHOOKS = 'webhooks'
const MINUTES = 1_440
const INSTITUTIONS = 6
/** The first hours give the usual range. */
const EARLIEST = 300
const LATEST = 1_200

/** mulberry32. */
function createRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Random = () => number
const uniform = (random: Random, from: number, to: number) => from + random() * (to - from)
const normal = (random: Random) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
function poisson(random: Random, mean: number): number {
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)))
  const limit = Math.exp(-mean)
  let product = random()
  let count = 0
  while (product > limit) {
    product *= random()
    count++
  }
  return count
}

type Plan = { incident: Incident; strength: number }
type Habits = {
  perMinute: number
  noise: number
  userErrors: number
  logMs: number
  peakAt: number
}

/** One day; the same seed gives the same day. */
export function simulateDay(seed: number): Day {
  const random = createRandom(seed)
  const names = Array.from({ length: INSTITUTIONS }, (_, n) => `ins_${n}`)
  const plans = planIncidents(random, names)
  const subjects = new Map<string, SimulatedMinute[]>()
  for (const subject of [...names, WEBHOOKS]) {
    const habits: Habits = {
      // A small bank has a call every minute, a large one twenty.
      perMinute: subject === WEBHOOKS ? uniform(random, 6, 40) : Math.exp(uniform(random, 0, 3)),
      noise: uniform(random, 0.001, 0.02),
      userErrors: uniform(random, 0.005, 0.04),
      logMs: Math.log(uniform(random, 150, 1_500)),
      peakAt: uniform(random, 600, 1_100)
    }
    const own = plans.filter(({ incident }) => incident.subject === subject)
    subjects.set(subject, simulateSubject(random, habits, own, subject === WEBHOOKS))
  }
  return { subjects, incidents: plans.map(({ incident }) => incident) }
}

/** Up to three a day, one per subject. */
function planIncidents(random: Random, names: string[]): Plan[] {
  const free = [...names, WEBHOOKS]
  return Array.from({ length: Math.floor(random() * 4) }, () => {
    const [subject = WEBHOOKS] = free.splice(Math.floor(random() * free.length), 1)
    const kind = subject === WEBHOOKS ? 'silence' : random() < 0.65 ? 'errors' : 'latency'
    const fault = (['institution', 'institution', 'vendor', 'us'] as const)[
      Math.floor(random() * 4)
    ]
    const beganAt = Math.floor(uniform(random, EARLIEST, LATEST))
    const endedAt = beganAt + Math.floor(uniform(random, 15, 180))
    const cause =
      kind === 'errors' ? (fault ?? 'vendor') : kind === 'latency' ? 'institution' : 'vendor'
    return {
      incident: { subject, kind, cause, beganAt, endedAt, affected: 0 },
      strength: kind === 'errors' ? uniform(random, 0.4, 1) : uniform(random, 3, 10)
    }
  })
}

function simulateSubject(
  random: Random,
  habits: Habits,
  plans: Plan[],
  isWebhooks: boolean
): SimulatedMinute[] {
  // No one is at fault: a surge of calls, and a user who tries a wrong password again and again.
  const surgeAt = random() < 0.3 ? uniform(random, 0, MINUTES) : -MINUTES
  const impatientAt = random() < 0.3 ? uniform(random, 0, MINUTES) : -MINUTES
  return Array.from({ length: MINUTES }, (_, at) => {
    const daily = 1 + 0.7 * Math.cos((2 * Math.PI * (at - habits.peakAt)) / MINUTES)
    const surge = at >= surgeAt && at < surgeAt + 45 ? 2.5 : 1
    const plan = plans.find(({ incident }) => at >= incident.beganAt && at < incident.endedAt)
    const calls = poisson(random, habits.perMinute * daily * surge)
    const impatient = at >= impatientAt && at < impatientAt + 10 ? poisson(random, 3) : 0
    if (isWebhooks && plan) {
      plan.incident.affected += calls
      return {
        calls: 0,
        failures: { institution: 0, vendor: 0, us: 0, user: 0 },
        timed: 0,
        logMs: 0
      }
    }
    return simulateMinute(random, { calls, impatient: isWebhooks ? 0 : impatient }, habits, plan)
  })
}

function simulateMinute(
  random: Random,
  { calls, impatient }: { calls: number; impatient: number },
  habits: Habits,
  plan: Plan | undefined
): SimulatedMinute {
  const minute: SimulatedMinute = {
    calls: calls + impatient,
    failures: { institution: 0, vendor: 0, us: 0, user: impatient },
    timed: 0,
    logMs: 0
  }
  const { kind, cause } = plan?.incident ?? {}
  for (let call = 0; call < calls; call++) {
    if (plan && kind === 'errors' && random() < plan.strength) {
      minute.failures[cause ?? 'vendor']++
      plan.incident.affected++
    } else if (random() < habits.noise) {
      minute.failures[random() < 0.5 ? 'institution' : 'vendor']++
    } else if (random() < habits.userErrors) minute.failures.user++
    else {
      const slower = plan && kind === 'latency' ? Math.log(plan.strength) : 0
      if (plan && slower) plan.incident.affected++
      minute.timed++
      minute.logMs += habits.logMs + 0.5 * normal(random) + slower
    }
  }
  return minute
}

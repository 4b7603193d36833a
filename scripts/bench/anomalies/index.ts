/**
 * `npm run bench anomalies`: precision, recall and delay of the detector on simulated days.
 * `-- --seed=N --days=N` for others than those in the documentation.
 */
import { parseArgs } from 'node:util'
import { type Anomaly, createDetector } from '@/lib/domain/health/anomalies'
import { type Day, type Incident, simulateDay, WEBHOOKS } from '@/scripts/bench/anomalies/generator'

/** Incidents that affect fewer calls are not counted: they are over before they can be noticed. */
const MIN_AFFECTED = 10
/** The end of an incident is noticed late; what is found after that is another one. */
const AFTER_END = 20

export type Figures = {
  incidents: number
  found: number
  alarms: number
  right: number
  rightCause: number
  delays: number[]
}

export function evaluate(seed: number, days: number): Figures {
  const figures = { incidents: 0, found: 0, alarms: 0, right: 0, rightCause: 0, delays: [] }
  for (let n = 0; n < days; n++) evaluateDay(simulateDay(seed + n), figures)
  return figures
}

function evaluateDay({ subjects, incidents }: Day, figures: Figures): void {
  const found = new Map<Incident, number>()
  for (const [subject, minutes] of subjects) {
    const webhooks = subject === WEBHOOKS
    const detector = createDetector({
      owner: webhooks ? 'vendor' : 'institution',
      detectsSilence: webhooks
    })
    for (const minute of minutes) detector.add(minute)
    for (const alarm of detector.anomalies) {
      figures.alarms++
      const incident = incidents.find((one) => one.subject === subject && matches(one, alarm))
      if (!incident) continue
      figures.right++
      if (incident.cause === alarm.cause) figures.rightCause++
      if (!found.has(incident)) found.set(incident, alarm.noticedAt - incident.beganAt)
    }
  }
  const counted = incidents.filter(({ affected }) => affected >= MIN_AFFECTED)
  figures.incidents += counted.length
  for (const incident of counted) {
    const delay = found.get(incident)
    if (delay === undefined) continue
    figures.found++
    // Noticed at the end of the minute.
    figures.delays.push(delay + 1)
  }
}

const matches = (incident: Incident, { kind, noticedAt }: Anomaly): boolean =>
  incident.kind === kind &&
  noticedAt >= incident.beganAt &&
  noticedAt < incident.endedAt + AFTER_END

export function summarize({ incidents, found, alarms, right, rightCause, delays }: Figures) {
  const sorted = delays.toSorted((a, b) => a - b)
  const share = (part: number, whole: number) => (whole ? part / whole : 1)
  const percentile = (p: number) => sorted[Math.floor(p * (sorted.length - 1))] ?? 0
  return {
    incidents,
    alarms,
    precision: share(right, alarms),
    recall: share(found, incidents),
    rightCause: share(rightCause, right),
    delayP50: percentile(0.5),
    delayP95: percentile(0.95)
  }
}

/** Days that were not used while the parameters were chosen. */
export const UNSEEN = { seed: 7_000_000, days: 1_000 }

export function reportAnomalies(args: string[]): void {
  const { values } = parseArgs({
    args,
    options: { seed: { type: 'string' }, days: { type: 'string' } }
  })
  const seed = Number(values.seed ?? UNSEEN.seed)
  const days = Number(values.days ?? UNSEEN.days)
  const { incidents, alarms, ...figures } = summarize(evaluate(seed, days))
  console.log(`${days} simulated days from seed ${seed}: ${incidents} incidents, ${alarms} alarms`)
  for (const [name, value] of Object.entries(figures))
    console.log(
      `${name.padEnd(12)} ${name.startsWith('delay') ? `${value} min` : value.toFixed(3)}`
    )
}

import 'server-only'
import { type Cause, createDetector, type Minute } from '@/lib/domain/health/anomalies'
import { causeOf } from '@/lib/domain/health/causes'
import type { Incident } from '@/lib/domain/health/incident'
import { systemActor } from '@/lib/domain/users/actor'
import { now, uptime } from '@/lib/platform/clock'
import { singleton } from '@/lib/platform/globals'
import * as DataService from '@/lib/services/data'

const app = systemActor('health')
const MINUTE_MS = 60_000
/** The detector's baseline and its longest window, and what an incident may last. */
const MINUTES = 12 * 60
const FRESH_MS = 30_000

type Subject = Pick<Incident, 'service' | 'institutionId' | 'name'> & {
  isWebhooks: boolean
  minutes: Map<number, Minute>
}

const state = () =>
  singleton('incidents', () => ({
    readAt: Number.NEGATIVE_INFINITY,
    latest: null as Incident[] | null,
    reading: null as Promise<Incident[]> | null
  }))

/**
 * The institutions and vendors that have problems now, over all users. Read at most every 30 s per
 * process; only the first call waits, later ones get the latest result.
 * @throws IntegrationError if the storage does not respond to the first call.
 */
export async function findIncidents(): Promise<Incident[]> {
  const shared = state()
  if (!shared.reading && uptime() - shared.readAt >= FRESH_MS) {
    shared.readAt = uptime()
    shared.reading = refresh().finally(() => {
      shared.reading = null
    })
    // Without a result the next call reads again.
    shared.reading.catch(() => {
      if (!shared.latest) shared.readAt = Number.NEGATIVE_INFINITY
    })
  }
  return shared.latest ?? shared.reading ?? []
}

async function refresh(): Promise<Incident[]> {
  const found = await detect()
  state().latest = found
  return found
}

async function detect(): Promise<Incident[]> {
  const at = now().getTime()
  const rows = await DataService.listCallMinutes(app, { withinMs: MINUTES * MINUTE_MS })
  const found = [...bySubject(rows).values()].flatMap((subject) => openOf(subject, at))
  // The failures of one institution are that institution's incident, not one of its vendor; those of
  // a vendor are not listed once more for each institution.
  const ofVendors = found.filter(
    ({ institutionId, cause }) => !institutionId && cause !== 'institution'
  )
  const failing = new Set(ofVendors.map(({ service, kind }) => `${service} ${kind}`))
  const ofInstitutions = found.filter(
    ({ institutionId, cause, service, kind }) =>
      institutionId && (cause === 'institution' || !failing.has(`${service} ${kind}`))
  )
  return [...ofVendors, ...ofInstitutions]
}

function bySubject(rows: DataService.CallMinute[]): Map<string, Subject> {
  const subjects = new Map<string, Subject>()
  const add = (key: string, subject: Omit<Subject, 'minutes'>, row: DataService.CallMinute) => {
    const found = subjects.get(key) ?? { ...subject, minutes: new Map() }
    subjects.set(key, found)
    addCalls(found.minutes, row)
  }
  for (const row of rows) {
    const { source, service, institutionId, institutionName } = row
    const whole = { service, institutionId: null, name: null, isWebhooks: source === 'webhooks' }
    add(`${source} ${service}`, whole, row)
    if (institutionId) add(institutionId, { ...whole, institutionId, name: institutionName }, row)
  }
  return subjects
}

const emptyMinute = (): Minute => ({
  calls: 0,
  failures: { institution: 0, vendor: 0, us: 0, user: 0 },
  timed: 0,
  logMs: 0
})

function addCalls(
  minutes: Map<number, Minute>,
  { age, count, errorType, errorCode, logMs, source }: DataService.CallMinute
): void {
  const minute = minutes.get(age) ?? emptyMinute()
  minutes.set(age, minute)
  minute.calls += count
  if (errorCode) minute.failures[causeOf(errorType, errorCode)] += count
  else if (source === 'calls') {
    minute.timed += count
    minute.logMs += logMs
  }
}

function openOf({ minutes, isWebhooks, ...subject }: Subject, at: number): Incident[] {
  const owner = subject.institutionId ? 'institution' : 'vendor'
  const detector = createDetector({ owner, detectsSilence: isWebhooks })
  // The current minute is not over; silence would be found in it.
  for (let age = MINUTES; age >= 1; age--) detector.add(minutes.get(age) ?? emptyMinute())
  return detector.anomalies
    .filter(({ endedAt }) => endedAt === null)
    .map(({ kind, cause, beganAt }) => ({
      ...subject,
      kind,
      cause: ownCause(subject.service, cause),
      since: new Date(at - (MINUTES - beganAt) * MINUTE_MS).toISOString()
    }))
}

const ownCause = (service: string, cause: Cause): Cause => (service === 'pangea' ? 'us' : cause)

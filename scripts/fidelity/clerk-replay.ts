/** Repeats recorded flows of Clerk's Frontend API as a new user each. */
import { randomInt } from 'node:crypto'
import { differentTypes, missingFields } from '@/scripts/fidelity/compare'
import type { ClerkCall, Recording } from '@/scripts/fidelity/recordings'
import type { Call, Skipped } from '@/scripts/fidelity/score'

type Json = Record<string, unknown>

/** The state of one recorded flow: its user, and the objects that answers named. */
type Flow = {
  devBrowser: string
  email: string
  phone: string
  ids: Map<string, string>
}

const PASSWORD = 'Fidelity-check-2291'
const testEmail = () => `ada.${randomInt(1e12)}+clerk_test@example.com`
const testPhone = () => `+1${randomInt(200, 999)}5550${randomInt(100, 199)}`

const valuesOf = ({ email, phone }: Flow): Record<string, string> => ({
  email_address: email,
  phone_number: phone,
  identifier: email,
  first_name: 'Ada',
  last_name: 'Okafor',
  password: PASSWORD,
  username: `ada${randomInt(1e9)}`
})

/** `GET /v1/me?_clerk_session_id=SESSION_ID a=b&c`: `c` is a value of the user, IDs are replaced. */
function requestOf(flow: Flow, key: string): { method: string; path: string; form: Json } {
  const [method = '', path = '', fields = ''] = key.split(' ')
  const known = (value: string) => flow.ids.get(value) ?? value
  // A second address or number of the same user.
  const other = path.startsWith('/v1/me/') ? { email: testEmail(), phone: testPhone() } : {}
  const values = valuesOf({ ...flow, ...other })
  const form = Object.fromEntries(
    fields
      .split('&')
      .filter(Boolean)
      .map((field) => {
        const [name = '', value] = field.split('=')
        return [name, value === undefined ? values[name] : known(value)]
      })
  )
  return { method, path: path.replace(/[A-Z_]+_ID|idn_\w+/g, known), form }
}

async function send(base: string, flow: Flow, key: string) {
  const { method, path, form } = requestOf(flow, key)
  const url = new URL(path, base)
  url.searchParams.set('__clerk_db_jwt', flow.devBrowser)
  if (method !== 'GET') url.searchParams.set('_method', method)
  const body = new URLSearchParams(form as Record<string, string>)
  const response = await fetch(url, {
    method: method === 'GET' ? 'GET' : 'POST',
    headers: { origin: 'http://localhost:3000' },
    ...(method === 'GET' ? {} : { body })
  })
  return { status: response.status, body: (await response.json()) as Json }
}

const list = (value: unknown) => (Array.isArray(value) ? (value as Json[]) : [])

/** Keeps the ids that later calls of the recording name. */
function remember(flow: Flow, recorded: Json, answer: Json): void {
  const client = (answer.client ?? {}) as Json
  const session = list(client.sessions)[0]?.id
  // The recorded instance verifies a phone number first, so its session comes a step later.
  if (typeof session === 'string') flow.ids.set('SESSION_ID', session)
  const pairs: [unknown, unknown][] = [[recorded, answer]]
  for (const [old, mine] of pairs) {
    if (typeof old !== 'object' || typeof mine !== 'object' || !old || !mine) continue
    const [a, b] = [old as Json, mine as Json]
    for (const [name, value] of Object.entries(a)) {
      if (typeof value === 'string' && typeof b[name] === 'string') keepId(flow, value, b[name])
      const other = list(b[name])
      if (Array.isArray(value))
        pairs.push(...value.map((one, i): [unknown, unknown] => [one, other[i]]))
      else pairs.push([value, b[name]])
    }
  }
}

/** `SIGN_UP_ID` stands for the newest one; a real id keeps its meaning. */
function keepId({ ids }: Flow, recorded: string, mine: string): void {
  if (/_ID$/.test(recorded) || (/^idn_/.test(recorded) && !ids.has(recorded)))
    ids.set(recorded, mine)
}

async function openFlow(base: string): Promise<Flow> {
  const response = await fetch(`${base}/v1/dev_browser`, { method: 'POST' })
  const { token } = (await response.json()) as { token: string }
  return { devBrowser: token, email: testEmail(), phone: testPhone(), ids: new Map() }
}

const endpointOf = (key: string) =>
  key
    .split(' ')
    .slice(0, 2)
    .join(' ')
    .replace(/\?.*/, '')
    .replace(/idn_\w+/, ':id')
    .replace(/[A-Z_]+_ID/, ':id')

/** The features that the emulated instance does not offer, according to its settings. */
const OTHER_SETTINGS: [RegExp, string][] = [
  [/sign_(ins|ups)\/.*phone_code/, 'phone numbers for sign-up and sign-in, which are off here'],
  [/strategy=email_link/, 'sign-in by a link in an e-mail, which is off here']
]
/** Fields that name a setting of the recorded instance. */
const OWN_FIELDS = /\.social\.oauth_|USER_ID|phone_number_id$/

/** Sign-in flows expect a user who exists. */
async function signUpFirst(base: string, flow: Flow, calls: ClerkCall[]): Promise<void> {
  if (!calls.some(({ key }) => key.includes('/sign_ins '))) return
  const other = await openFlow(base)
  Object.assign(other, { email: flow.email, phone: flow.phone })
  const created = await send(base, other, 'POST /v1/client/sign_ups email_address&password')
  const { id } = (created.body.response ?? {}) as { id?: string }
  if (!id) return
  for (const step of [
    'prepare_verification strategy=email_code',
    'attempt_verification code=424242&strategy=email_code'
  ])
    await send(base, other, `POST /v1/client/sign_ups/${id}/${step}`)
}

/** Replays every recording. The recorded status was always 200. */
export async function replayClerk(base: string, recordings: Recording<ClerkCall>[]) {
  const calls: Call[] = []
  const skipped: Skipped[] = []
  for (const { name, calls: recorded } of recordings) {
    const flow = await openFlow(base)
    await signUpFirst(base, flow, recorded)
    for (const { key, answer: expected } of recorded) {
      const endpoint = endpointOf(key)
      const other = OTHER_SETTINGS.find(([test]) => test.test(key))
      if (other) {
        skipped.push({ endpoint, source: name, why: other[1] })
        continue
      }
      const answer = await send(base, flow, key)
      remember(flow, expected as Json, answer.body)
      const ok = answer.status === 200
      const code = list(answer.body.errors)[0]?.code
      calls.push({
        vendor: 'clerk',
        endpoint,
        source: name,
        checks: {
          status: ok ? [] : [`${answer.status} ${code ?? ''}, recorded 200`],
          ...(ok
            ? {
                fields: missingFields(expected, answer.body).filter(
                  (field) => !OWN_FIELDS.test(field)
                )
              }
            : {}),
          ...(ok ? { types: differentTypes(expected, answer.body) } : {})
        }
      })
    }
  }
  return { calls, skipped }
}

/** Repeats recorded calls to Plaid, with tokens and ids of the server that answers. */
import { setTimeout as pause } from 'node:timers/promises'
import { differentTypes, missingFields } from '@/scripts/fidelity/compare'
import { ANSWERS, type AnswerName, type SchemaCheck } from '@/scripts/fidelity/plaid-schemas'
import type { PlaidCall, Recording } from '@/scripts/fidelity/recordings'
import type { Call, Skipped } from '@/scripts/fidelity/score'

/** The version of the SDK here; answers of older ones had other fields. */
const CURRENT = '2020-09-14'
const BANK = 'ins_109508'
const READY_WITHIN_MS = 20_000
/** Fields that only older versions have, so that the current one refuses them. */
const OLD_FIELDS = ['public_key', 'include_institution_data']
/** Item values of these lists depend on the client's contract. */
const OLD_ONLY = /^\/(categories\/get|item\/public_token\/create|item\/import|processor\/)/

type Server = { url: string; clientId: string; secret: string; check: SchemaCheck }
type Body = Record<string, unknown>
type Answer = { status: number; body: Body }

const PRODUCT_OF: Record<string, string> = {
  liabilities: 'liabilities',
  investments: 'investments',
  identity: 'identity',
  auth: 'auth'
}
const productOf = (path: string) => PRODUCT_OF[path.split('/')[1] ?? ''] ?? 'transactions'

async function send(server: Server, path: string, body: Body): Promise<Answer> {
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'plaid-version': CURRENT },
    body: JSON.stringify({ client_id: server.clientId, secret: server.secret, ...body })
  })
  return { status: response.status, body: (await response.json()) as Body }
}

const text = (body: Body, name: string) => String(body[name] ?? '')

async function createPublicToken(server: Server, path: string): Promise<string> {
  const made = await send(server, '/sandbox/public_token/create', {
    institution_id: BANK,
    initial_products: [productOf(path)]
  })
  return text(made.body, 'public_token')
}

async function createItem(server: Server, path: string): Promise<string> {
  const public_token = await createPublicToken(server, path)
  const made = await send(server, '/item/public_token/exchange', { public_token })
  return text(made.body, 'access_token')
}

/** Tokens and ids of a recording, and what replaces them. */
type Replacements = Map<string, string>

async function bodyFor(server: Server, call: PlaidCall, known: Replacements): Promise<Body> {
  const refusedFor = String((call.answer as Body | null)?.error_code ?? '')
  const body: Body = Object.fromEntries(
    Object.entries(call.body).filter(
      ([name, value]) => !OLD_FIELDS.includes(name) && value !== 'SCRUBBED'
    )
  )
  const replace = async (name: string, make: () => Promise<string>) => {
    const recorded = body[name]
    if (typeof recorded !== 'string' || refusedFor.startsWith('INVALID_ACCESS')) return
    if (refusedFor === 'INVALID_PUBLIC_TOKEN') return
    const other = known.get(recorded) ?? (await make())
    known.set(recorded, other)
    body[name] = other
  }
  await replace('access_token', () => createItem(server, call.path))
  await replace('public_token', () => createPublicToken(server, call.path))
  const options = body.options as Body | null | undefined
  for (const name of OLD_FIELDS) delete options?.[name]
  if (call.status === 200) await replaceSelection(server, body)
  return call.version === CURRENT ? body : withNewFields(call.path, body)
}

/** Fields that the current version requires and older ones did not know. */
const COUNTRIES = /^\/(institutions|link\/token\/create)/
function withNewFields(path: string, body: Body): Body {
  if (!COUNTRIES.test(path)) return body
  const language = path.startsWith('/link') ? { language: body.language ?? 'en' } : {}
  return { ...body, country_codes: body.country_codes ?? ['US'], ...language }
}

/** Selected accounts and institutions are others here. */
async function replaceSelection(server: Server, body: Body): Promise<void> {
  if ('institution_id' in body) body.institution_id = BANK
  const options = body.options as { account_ids?: unknown } | undefined | null
  if (!Array.isArray(options?.account_ids)) return
  const { body: found } = await send(server, '/accounts/get', { access_token: body.access_token })
  const accounts = (found.accounts ?? []) as { account_id: string; type: string }[]
  const wanted = accounts.find(({ type }) => type === 'investment') ?? accounts[0]
  options.account_ids = wanted ? [wanted.account_id] : []
}

/** A recorded 200 came after earlier answers that the data was not ready, so it is waited for. */
async function answerOf(server: Server, call: PlaidCall, body: Body): Promise<Answer> {
  const deadline = Date.now() + READY_WITHIN_MS
  for (;;) {
    const answer = await send(server, call.path, body)
    const early = answer.body.error_code === 'PRODUCT_NOT_READY' && call.status === 200
    if (!early || Date.now() > deadline) return answer
    await pause(100)
  }
}

function remember({ answer: recorded }: PlaidCall, { body }: Answer, known: Replacements): void {
  for (const name of ['access_token', 'public_token', 'new_access_token']) {
    const old = (recorded as Body | null)?.[name]
    if (typeof old === 'string' && typeof body[name] === 'string') known.set(old, body[name])
  }
}

const SCHEMA_NAMES = new Map<string, AnswerName>(
  ANSWERS.filter((name) => name.endsWith('Response')).map((name) => [name.toLowerCase(), name])
)
const schemaOf = (path: string) =>
  SCHEMA_NAMES.get(`${path.replace(/[/_]/g, '')}response`.toLowerCase())

function schemaFaults(server: Server, path: string, { status, body }: Answer): string[] | null {
  const name = status === 200 ? schemaOf(path) : 'PlaidError'
  if (!name) return null
  try {
    server.check(name, body)
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

function compare(server: Server, name: string, call: PlaidCall, answer: Answer): Call {
  const recorded = call.answer as Body | null
  const isNew = call.version === CURRENT
  const same = (field: string) =>
    recorded?.[field] === answer.body[field]
      ? []
      : [`${field} is ${answer.body[field]}, recorded ${recorded?.[field]}`]
  const schema = schemaFaults(server, call.path, answer)
  return {
    vendor: 'plaid',
    endpoint: call.path,
    source: name,
    checks: {
      status: answer.status === call.status ? [] : [`${answer.status}, recorded ${call.status}`],
      ...(call.status === 200 ? {} : { error: [...same('error_type'), ...same('error_code')] }),
      ...(isNew ? { fields: missingFields(recorded, answer.body) } : {}),
      ...(isNew ? { types: differentTypes(recorded, answer.body) } : {}),
      ...(schema ? { schema } : {})
    }
  }
}

/** Why a call cannot be compared with the current version. */
function reasonToSkip({ path, body, answer }: PlaidCall): string | null {
  const message = String((answer as Body | null)?.error_message ?? '')
  if (OLD_ONLY.test(path)) return 'an endpoint of older versions, or not of this emulator'
  if (OLD_FIELDS.some((field) => message.includes(field)))
    return 'refused for a field of older versions'
  return 'add_paused_items' in body ? 'a field that is not documented' : null
}

/** Replays every recording, each with its own Item. */
export async function replayPlaid(server: Server, recordings: Recording<PlaidCall>[]) {
  const calls: Call[] = []
  const skipped: Skipped[] = []
  for (const { name, calls: recorded } of recordings) {
    const known: Replacements = new Map()
    for (const call of recorded) {
      const why = reasonToSkip(call)
      const answer = why ? null : await answerOf(server, call, await bodyFor(server, call, known))
      const missing = answer?.body.error_code === 'NOT_FOUND' && call.status !== 404
      if (!answer || missing)
        skipped.push({ endpoint: call.path, source: name, why: why ?? 'not emulated' })
      else {
        remember(call, answer, known)
        calls.push(compare(server, name, call, answer))
      }
    }
  }
  return { calls, skipped }
}

/**
 * JSON Schemas of Plaid's responses, generated from the installed SDK's types, so that no copy of
 * them is in this repository.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { createGenerator } from 'ts-json-schema-generator'

export const ANSWERS = [
  'LinkTokenCreateResponse',
  'LinkTokenGetResponse',
  'ItemPublicTokenExchangeResponse',
  'ItemGetResponse',
  'ItemRemoveResponse',
  'ItemWebhookUpdateResponse',
  'ItemAccessTokenInvalidateResponse',
  'AccountsGetResponse',
  'AuthGetResponse',
  'IdentityGetResponse',
  'IdentityMatchResponse',
  'InvestmentsHoldingsGetResponse',
  'InvestmentsTransactionsGetResponse',
  'InvestmentsRefreshResponse',
  'LiabilitiesGetResponse',
  'SignalEvaluateResponse',
  'SignalDecisionReportResponse',
  'SignalReturnReportResponse',
  'StatementsListResponse',
  'InstitutionsGetResponse',
  'InstitutionsGetByIdResponse',
  'InstitutionsSearchResponse',
  'TransactionsSyncResponse',
  'TransactionsGetResponse',
  'TransactionsRefreshResponse',
  'TransactionsRecurringGetResponse',
  'WebhookVerificationKeyGetResponse',
  'SandboxPublicTokenCreateResponse',
  'SandboxItemResetLoginResponse',
  'SandboxItemFireWebhookResponse',
  'SandboxTransactionsCreateResponse',
  'SyncUpdatesAvailableWebhook',
  'InitialUpdateWebhook',
  'HistoricalUpdateWebhook',
  'DefaultUpdateWebhook',
  'TransactionsRemovedWebhook',
  'RecurringTransactionsUpdateWebhook',
  'ItemErrorWebhook',
  'ItemLoginRepairedWebhook',
  'NewAccountsAvailableWebhook',
  'PendingExpirationWebhook',
  'PendingDisconnectWebhook',
  'UserPermissionRevokedWebhook',
  'UserAccountRevokedWebhook',
  'WebhookUpdateAcknowledgedWebhook',
  'AuthDefaultUpdateWebhook',
  'IdentityDefaultUpdateWebhook',
  'HoldingsDefaultUpdateWebhook',
  'InvestmentsDefaultUpdateWebhook',
  'LiabilitiesDefaultUpdateWebhook',
  'LinkSessionFinishedWebhook',
  'PlaidError'
] as const
export type AnswerName = (typeof ANSWERS)[number]

/** Fields that Plaid sends and its SDK does not name. */
const NOT_IN_SDK = /\/counterparties\/\d+ .*"phone_number"/

/** Validates one response; throws with every violation. Null is never a valid response. */
export type SchemaCheck = (name: AnswerName, answer: unknown) => void

/**
 * @param closed refuse fields that the SDK's types do not name. Plaid adds fields at any time, so
 * this is for our own emulator only.
 */
export function loadSchemaCheck({ closed }: { closed: boolean }): SchemaCheck {
  const ajv = new Ajv({ strict: false, allErrors: true })
  const schemas = readSchemas(closed)
  const compiled = new Map<AnswerName, ValidateFunction>()
  return (name, answer) => {
    if (typeof answer !== 'object' || answer === null) throw new Error(`${name}: not an object`)
    const validate = compiled.get(name) ?? ajv.compile(schemas[name])
    compiled.set(name, validate)
    if (validate(answer)) return
    const faults = (validate.errors ?? [])
      .map(
        (error) => `${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`
      )
      .filter((fault) => !NOT_IN_SDK.test(fault))
    if (faults.length === 0) return
    throw new Error(`${name}: ${[...new Set(faults)].slice(0, 12).join('; ')}`)
  }
}

type Schemas = Record<AnswerName, object>

/** Generating takes some seconds, so the result is cached by SDK version and list of names. */
function readSchemas(closed: boolean): Schemas {
  const types = createRequire(import.meta.url)
    .resolve('plaid')
    .replace(/index\.js$/, 'api.d.ts')
  const version: unknown = JSON.parse(
    readFileSync(join(dirname(types), '..', 'package.json'), 'utf8')
  )
  const key = createHash('sha256')
    .update(JSON.stringify([version, ANSWERS, closed]))
    .digest('hex')
    .slice(0, 16)
  const file = join(tmpdir(), `pangea-plaid-schemas-${key}.json`)
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Schemas
  } catch {
    const schemas = generate(types, closed)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(schemas))
    renameSync(`${file}.${process.pid}`, file)
    return schemas
  }
}

function generate(types: string, closed: boolean): Schemas {
  const generator = createGenerator({
    path: types,
    type: '*',
    expose: 'all',
    skipTypeCheck: true,
    additionalProperties: !closed
  })
  return Object.fromEntries(ANSWERS.map((name) => [name, generator.createSchema(name)])) as Schemas
}

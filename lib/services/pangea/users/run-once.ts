import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import { keyedDigests } from '@/lib/platform/crypto'
import { isRequestError, RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'

type KeyedRequest = {
  /** The client's Idempotency-Key. */
  key: string
  /** The operation with its input; the Social Security number is left out of the digest. */
  request: unknown
  /** false for answers with account numbers, tokens or links: a repeat reads them again. */
  stores: boolean
}
const RETRY_MS = 1_000

/**
 * Runs a change once per key. A repeat returns the first answer; what was refused changed nothing
 * and runs again.
 * @param run gets the id for what it creates. A repeat of a run that failed or was cut gets the
 *   same id, so that nothing is created twice.
 * @returns the answer, and whether it is that of an earlier run.
 * @throws RequestError invalid for a key of another request, conflict while the first still runs.
 */
export async function runOnce(
  actor: UserActor,
  { key, request, stores }: KeyedRequest,
  run: (creationId: string) => Promise<unknown>
): Promise<{ output: unknown; isRepeated: boolean }> {
  await DataService.ensureUser(actor)
  const fingerprints = keyedDigests(canonicalJson(request))
  const claim = await DataService.claimIdempotencyKey(actor, { key, fingerprints })
  if (claim.outcome === 'different')
    throw new RequestError(
      'invalid',
      'This Idempotency-Key was used for another request. Send a new key.',
      { rule: 'idempotency-key' }
    )
  if (claim.outcome === 'running')
    throw new RequestError(
      'conflict',
      'The first request with this Idempotency-Key is still running. Repeat it in a second.',
      { retryAfterMs: RETRY_MS, rule: 'idempotency-key' }
    )
  if (claim.outcome === 'completed')
    return {
      output: stores ? claim.response && JSON.parse(claim.response) : await run(claim.id),
      isRepeated: true
    }
  return { output: await runClaimed(actor, claim.id, stores, run), isRepeated: false }
}

async function runClaimed(
  actor: UserActor,
  id: string,
  stores: boolean,
  run: (creationId: string) => Promise<unknown>
): Promise<unknown> {
  let output: unknown
  try {
    output = await run(id)
  } catch (thrown) {
    await (isRequestError(thrown)
      ? DataService.releaseIdempotencyKey(actor, id)
      : DataService.unlockIdempotencyKey(actor, id))
    throw thrown
  }
  const json = stores ? (JSON.stringify(output) ?? null) : null
  await DataService.completeIdempotencyKey(actor, { id, response: json })
  return output
}

/** The same text for the same content, in any order of its fields. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (name, part: unknown) => {
    if (name === 'ssn') return undefined
    if (typeof part === 'bigint') return String(part)
    return part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part
  })
}

import 'server-only'
import type { JobFailure, JobKind } from '@/lib/domain/jobs/job'
import { type IntegrationError, isIntegrationError, isTransient } from '@/lib/platform/errors'
import { type LogFields, log } from '@/lib/platform/log'
import { meters } from '@/lib/platform/telemetry/metrics'
import { withSpan } from '@/lib/platform/telemetry/tracing'
import * as DataService from '@/lib/services/data'

type Run = {
  /** Ids for the log. */
  about?: LogFields
  /**
   * Does the work. Its last commit completes the job, so that no job completes without its result.
   */
  work: () => Promise<unknown>
  /** Stores a failure that affects more than the job's row. */
  fail?: (failure: JobFailure, error: IntegrationError | null) => Promise<void>
}

/** The name of each kind in log events. */
const LOG_NAMES: Record<JobKind, string> = {
  lock: 'lock',
  delivery: 'delivery',
  deletion: 'deletion',
  task: 'connection_job',
  transfer: 'transfer',
  notice: 'email',
  sync: 'sync',
  system: 'system_job'
}

/**
 * Runs a claimed job with one error policy. A vendor's error is stored under the vendor's name and
 * code; transient errors are retried until they succeed, permanent ones fail the job (see
 * `maxAttempts`). Any other error is ours: logged with its name, never blamed on a vendor.
 * @returns whether the job completed. @throws IntegrationError if the result cannot be stored; the
 * lease then expires.
 */
export async function runJob(
  job: DataService.Job,
  { about = {}, work, fail }: Run
): Promise<boolean> {
  const startedAt = performance.now()
  try {
    await withSpan(`job ${job.kind}`, spanOf(job), work)
    observeJob(job, 'completed', startedAt)
    return true
  } catch (thrown) {
    observeJob(job, 'failed', startedAt)
    const error = isIntegrationError(thrown) ? thrown : null
    const failure = failureOf(error)
    const fields = { jobId: job.id, attempts: job.attempts, ...about }
    if (!error)
      log.error(`${LOG_NAMES[job.kind]}.error`, {
        ...fields,
        fault: thrown instanceof Error ? thrown.name : 'unknown'
      })
    log.warn(`${LOG_NAMES[job.kind]}.failed`, {
      ...fields,
      service: failure.service ?? 'pangea',
      code: failure.code
    })
    await (fail ? fail(failure, error) : DataService.failJob(job, failure))
    return false
  }
}

/** Continues the trace of the request or job that enqueued this one. */
const spanOf = ({ kind, id, attempts, traceparent }: DataService.Job) => ({
  kind: 'consumer' as const,
  parent: traceparent,
  attributes: { 'pangea.job.kind': kind, 'pangea.job.id': id, 'pangea.job.attempts': attempts }
})

/** `failed`: this attempt; most are repeated. */
export function observeJob(
  { kind, waitedMs }: Pick<DataService.Job, 'kind' | 'waitedMs'>,
  outcome: 'completed' | 'failed',
  startedAt: number
): void {
  const { jobs, jobLag } = meters()
  const seconds = (performance.now() - startedAt) / 1_000
  jobs.observe({ kind, outcome }, seconds)
  if (outcome === 'completed' && waitedMs !== undefined)
    jobLag.observe({ kind }, waitedMs / 1_000 + seconds)
}

const failureOf = (error: IntegrationError | null): JobFailure =>
  error
    ? {
        service: error.service,
        code: error.code,
        retryable: isTransient(error),
        retryAfterMs: error.retryAfterMs
      }
    : { service: null, code: 'UNKNOWN', retryable: null, retryAfterMs: null }

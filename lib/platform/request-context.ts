/** The id of the request that this code runs for, for its log lines and error references. */
import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { singleton } from '@/lib/platform/globals'

/** `failure`: the code of the error that ended a page. */
type RequestContext = { readonly id: string; failure: string | null }

const storage = () => singleton('request-context', () => new AsyncLocalStorage<RequestContext>())

/** Runs a request's handler under a new id. */
export const withRequestId = <T>(run: () => Promise<T>): Promise<T> =>
  storage().run({ id: randomUUID(), failure: null }, run)

/** undefined outside of requests. */
export const requestId = (): string | undefined => storage().getStore()?.id

export function failRequest(code: string): void {
  const context = storage().getStore()
  if (context) context.failure = code
}

export const requestFailure = (): string | null => storage().getStore()?.failure ?? null

/** The id of the request that this code runs for, for its log lines and error references. */
import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { singleton } from '@/lib/platform/globals'

const storage = () => singleton('request-context', () => new AsyncLocalStorage<string>())

/** Runs a request's handler under a new id. */
export const withRequestId = <T>(run: () => Promise<T>): Promise<T> =>
  storage().run(randomUUID(), run)

/** undefined outside of requests. */
export const requestId = (): string | undefined => storage().getStore()

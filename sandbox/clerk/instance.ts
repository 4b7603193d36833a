/** The emulated development instance and the tools that its routes share. */
import { createHash } from 'node:crypto'
import { openRecords, type Records } from '@/sandbox/clerk/records'
import { createSigner, type Signer } from '@/sandbox/clerk/tokens'
import type { Notify } from '@/sandbox/clerk/webhooks'
import type { Clock } from '@/sandbox/core/clock'
import type { Ids } from '@/sandbox/core/ids'
import type { Emulator, EmulatorOptions } from '@/sandbox/core/sandbox'

export type ClerkOptions = EmulatorOptions & {
  /** `pk_test_…`, whose host must end in a Clerk development suffix. */
  publishableKey: string
  secretKey: string
  applicationName?: string
  /** Origins of the app that a handshake may return to; loopback is always allowed. */
  allowedOrigins: string[]
  webhook?: { url: string; secret: string }
  /**
   * Initial device trust setting; the console changes it. Off by default, while the hosted service
   * turns it on for new applications.
   */
  deviceTrust?: boolean
  /** Initial setting; the console changes it. Off by default, as in a new application. */
  organizations?: boolean
  /**
   * The emulator's own pages for sign-in, sign-up and profile, for apps without such pages. Off,
   * the app's settings name its own.
   */
  accountPortal?: boolean
}

/** The application's name, in Clerk's components and in authenticator apps. */
export const applicationNameOf = ({ options }: Pick<Instance, 'options'>): string =>
  options.applicationName ?? 'My application'

export type Instance = {
  id: string
  /** Host inside the publishable key; used as the `iss` claim. */
  host: string
  /** Cookie suffix, as the SDK derives it from the whole key. */
  suffix: string
  options: ClerkOptions
  /** The emulator's own address, known once it listens. */
  url: string
  records: Records
  clock: Clock
  ids: Ids
  signer: Signer
  notify: Notify
  /** The emulator's clock in epoch milliseconds. */
  now(): number
}

export function createInstance(sandbox: Emulator, options: ClerkOptions, notify: Notify): Instance {
  const host = hostOf(options.publishableKey)
  const records = openRecords(sandbox.store)
  const id = `ins_${createHash('sha256').update(host).digest('hex').slice(0, 27)}`
  return {
    id,
    host,
    suffix: createHash('sha1')
      .update(options.publishableKey)
      .digest('base64')
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .slice(0, 8),
    options,
    url: '',
    records,
    clock: sandbox.clock,
    ids: sandbox.ids,
    signer: createSigner(records.keys, id, `https://${host}`),
    notify,
    now: () => sandbox.clock.now().getTime()
  }
}

function hostOf(publishableKey: string): string {
  const encoded = /^pk_test_(.+)$/.exec(publishableKey)?.[1]
  const host = encoded && Buffer.from(encoded, 'base64').toString('utf8')
  if (!host?.endsWith('.clerk.accounts.dev$'))
    throw new Error(
      'The Clerk emulator needs a pk_test_ key whose host ends in .clerk.accounts.dev'
    )
  return host.slice(0, -1)
}

import 'server-only'
import { createTransport, type Transporter } from 'nodemailer'
import { env } from '@/lib/platform/env'
import { IntegrationError } from '@/lib/platform/errors'
import { singleton } from '@/lib/platform/globals'
import { mail } from '@/pangea.config'

export type Email = {
  /** Identical for every retry of the same mail, so that mailboxes can deduplicate. */
  id: string
  to: string
  subject: string
  text: string
}

const TIMEOUT_MS = 10_000

/** Whether a mail server is configured. */
export const canSendEmail = (): boolean => env().mail.url !== null

const transporter = () =>
  singleton(
    'mail',
    (): Transporter =>
      createTransport({
        url: env().mail.url ?? '',
        connectionTimeout: TIMEOUT_MS,
        greetingTimeout: TIMEOUT_MS,
        socketTimeout: TIMEOUT_MS,
        disableFileAccess: true,
        disableUrlAccess: true
      })
  )

/**
 * Sends a plain-text mail. @throws IntegrationError: `REFUSED` after a 5xx reply is final,
 * everything else may be retried.
 */
export async function sendEmail({ id, to, subject, text }: Email): Promise<void> {
  const from = mail.sender
  const host = /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost'
  try {
    await transporter().sendMail({
      from,
      to,
      subject,
      text,
      messageId: `<${id}@${host}>`,
      headers: { 'Auto-Submitted': 'auto-generated' }
    })
  } catch (thrown) {
    // Only the codes are kept: the library's errors quote the address.
    const { responseCode, code } = (thrown ?? {}) as { responseCode?: unknown; code?: unknown }
    // A refused login is for the operator to fix; the mail itself may be retried.
    const final = typeof responseCode === 'number' && responseCode >= 500 && code !== 'EAUTH'
    throw new IntegrationError({
      service: 'mail',
      code: final ? 'REFUSED' : code === 'EAUTH' ? 'UNAUTHORIZED' : 'UNREACHABLE',
      retryable: !final,
      outage: !final
    })
  }
}

import 'server-only'
import { createTransport, type Transporter } from 'nodemailer'
import { env } from '@/lib/platform/env'
import { IntegrationError } from '@/lib/platform/errors'
import { singleton } from '@/lib/platform/globals'

export type Email = {
  /** The same for a repeat of the same mail, so that a mailbox may recognise it. */
  id: string
  to: string
  subject: string
  text: string
}

const TIMEOUT_MS = 10_000

/** Whether this deployment can send e-mail at all. */
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

/** Hands one plain-text mail to the mail server. @throws IntegrationError; 5xx answers are final (`REFUSED`), anything else may be tried again. */
export async function sendEmail({ id, to, subject, text }: Email): Promise<void> {
  const { from } = env().mail
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
    // What the library throws quotes the address; only how it ended is kept.
    const { responseCode, code } = (thrown ?? {}) as { responseCode?: unknown; code?: unknown }
    // A login that the server refuses is for the operator to correct; the mail is as good as before.
    const final = typeof responseCode === 'number' && responseCode >= 500 && code !== 'EAUTH'
    throw new IntegrationError({
      service: 'mail',
      code: final ? 'REFUSED' : code === 'EAUTH' ? 'UNAUTHORIZED' : 'UNREACHABLE',
      retryable: !final,
      outage: !final
    })
  }
}

import 'server-only'
import { createTransport, type Transporter } from 'nodemailer'
import { env } from '@/lib/platform/env'
import { IntegrationError } from '@/lib/platform/errors'
import { once } from '@/lib/platform/globals'

export type Mail = {
  /** The same for a repeat of the same mail, so that a mailbox may recognise it. */
  id: string
  to: string
  subject: string
  text: string
}

const PATIENCE_MS = 10_000

/** Whether this deployment can send e-mail at all. */
export const canSendMail = (): boolean => env().mail.url !== null

const transporter = () =>
  once(
    'mail',
    (): Transporter =>
      createTransport({
        url: env().mail.url ?? '',
        connectionTimeout: PATIENCE_MS,
        greetingTimeout: PATIENCE_MS,
        socketTimeout: PATIENCE_MS,
        disableFileAccess: true,
        disableUrlAccess: true
      })
  )

/** Hands one plain-text mail to the mail server. @throws IntegrationError; 5xx answers are final (`REFUSED`), anything else may be tried again. */
export async function sendMail({ id, to, subject, text }: Mail): Promise<void> {
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

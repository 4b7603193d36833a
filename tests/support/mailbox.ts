/** A mail server for flow tests, and what it received. */
import { startMail } from '@/sandbox/mail'
import { resetSingletons } from '@/tests/support/environment'

export type SentMail = { to: string[]; subject: string; text: string; id: string }
export type Mailbox = Awaited<ReturnType<typeof openMailbox>>

export async function openMailbox() {
  const server = await startMail({ port: 0, smtpPort: 0, dataDir: null })
  Object.assign(process.env, {
    MAIL_URL: `smtp://127.0.0.1:${server.smtpPort}`
  })
  resetSingletons('mail')
  return {
    /** Everything received by this address, oldest first. */
    async mailsTo(address: string): Promise<SentMail[]> {
      const ledger = await fetch(`${server.url}/_sandbox/ledger`)
      const { mails } = (await ledger.json()) as { mails: SentMail[] }
      return mails.filter(({ to }) => to.includes(address))
    },
    async close(): Promise<void> {
      await server.close()
      Reflect.deleteProperty(process.env, 'MAIL_URL')
    }
  }
}

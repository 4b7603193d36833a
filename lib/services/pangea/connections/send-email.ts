import 'server-only'
import { NEEDS_USER_ACTION } from '@/lib/domain/connections/connection'
import { connectionEmail } from '@/lib/domain/connections/connection-email'
import { systemActor } from '@/lib/domain/users/actor'
import { env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { canSendEmail, sendEmail } from '@/lib/platform/mail'
import * as AuthService from '@/lib/services/clerk'
import * as DataService from '@/lib/services/data'
import { runJob } from '@/lib/services/pangea/worker/run-job'

const app = systemActor('notice')

/**
 * E-mails a user that a bank needs attention, unless it recovered or the user disabled these
 * e-mails.
 */
export const sendConnectionEmail = (emailJob: DataService.EmailJob): Promise<boolean> => {
  const about = { userId: emailJob.userId, connectionId: emailJob.connectionId }
  return runJob(emailJob, {
    about,
    work: async () => {
      const code = await notify(emailJob)
      await DataService.completeEmail(app, emailJob, code)
      log.info('email.completed', { ...about, code })
    }
  })
}

/** @returns why nothing was sent; null if it was. */
async function notify(emailJob: DataService.EmailJob): Promise<string | null> {
  const facts = await DataService.findEmailFacts(emailJob)
  if (!facts || facts.leaving || !NEEDS_USER_ACTION.includes(facts.status)) return 'OVER'
  if (!facts.wanted) return 'NOT_WANTED'
  if (facts.told) return 'TOLD'
  if (!canSendEmail()) return 'NO_MAIL_SERVER'
  const to = facts.email ?? (await AuthService.getUser(emailJob.userId)).email
  if (!to) return 'NO_ADDRESS'
  await sendEmail({ id: emailJob.id, to, ...connectionEmail({ ...facts, appUrl: env().appUrl }) })
  return null
}

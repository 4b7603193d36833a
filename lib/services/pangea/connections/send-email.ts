import 'server-only'
import { systemActor } from '@/lib/domain/users/actor'
import { NEEDS_PERSON } from '@/lib/domain/connections/connection'
import { noticeMail } from '@/lib/domain/connections/connection-email'
import { env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { canSendMail, sendMail } from '@/lib/platform/mail'
import * as AuthService from '@/lib/services/clerk'
import * as DataService from '@/lib/services/data'
import { runJob } from '@/lib/services/pangea/worker/run-job'

const app = systemActor('notice')

/** E-mails a user that a bank needs them, unless that is over by now or they have turned such mails off. */
export const sendNotice = (notice: DataService.Notice): Promise<boolean> => {
  const about = { userId: notice.userId, connectionId: notice.connectionId }
  return runJob(notice, {
    about,
    work: async () => {
      const code = await tell(notice)
      await DataService.completeNotice(app, notice, code)
      log.info('notice.completed', { ...about, code })
    }
  })
}

/** @returns why nothing was sent; null where it was. */
async function tell(notice: DataService.Notice): Promise<string | null> {
  const facts = await DataService.findNoticeFacts(notice)
  if (!facts || facts.leaving || !NEEDS_PERSON.includes(facts.status)) return 'OVER'
  if (!facts.wanted) return 'NOT_WANTED'
  if (facts.told) return 'TOLD'
  if (!canSendMail()) return 'NO_MAIL_SERVER'
  const to = facts.email ?? (await AuthService.getUser(notice.userId)).email
  if (!to) return 'NO_ADDRESS'
  await sendMail({ id: notice.id, to, ...noticeMail({ ...facts, appUrl: env().appUrl }) })
  return null
}

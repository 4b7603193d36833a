import 'server-only'
import { NEEDS_USER_ACTION } from '@/lib/domain/connections/connection'
import { connectionEmail } from '@/lib/domain/connections/connection-email'
import { messageEmail } from '@/lib/domain/messages/message-email'
import { canBeDisputed, emailGroupOf } from '@/lib/domain/messages/message-rules'
import { textIn } from '@/lib/domain/text/catalogs'
import type { Language } from '@/lib/domain/text/languages'
import { systemActor } from '@/lib/domain/users/actor'
import { wantsEmail } from '@/lib/domain/users/preferences'
import { env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { canSendEmail, sendEmail } from '@/lib/platform/mail'
import * as AuthService from '@/lib/services/clerk'
import * as DataService from '@/lib/services/data'
import { createLockUrl } from '@/lib/services/pangea/protection/lock-transfers'
import { runJob } from '@/lib/services/pangea/worker/run-job'

const app = systemActor('notice')

/**
 * Sends the e-mail of a message, or the one that asks a user to sign in to a bank again. Skipped if
 * it is over, or the user turned such e-mails off.
 */
export const sendEmailJob = (emailJob: DataService.EmailJob): Promise<boolean> => {
  const { userId, connectionId, messageId } = emailJob
  const about = { userId, ...(connectionId ? { connectionId } : { messageId }) }
  return runJob(emailJob, {
    about,
    work: async () => {
      const code = await (messageId ? sendMessage(emailJob) : sendConnectionEmail(emailJob))
      await DataService.completeEmail(app, emailJob, code)
      log.info('email.completed', { ...about, code })
    }
  })
}

/** @returns why nothing was sent; null if it was. */
async function sendMessage(emailJob: DataService.EmailJob): Promise<string | null> {
  const facts = await DataService.findMessageFacts(emailJob)
  if (!facts || facts.over) return 'OVER'
  const group = emailGroupOf(facts.kind)
  if (group && !wantsEmail(facts, group)) return 'NOT_WANTED'
  if (!canSendEmail()) return 'NO_MAIL_SERVER'
  const lockUrl = canBeDisputed(facts.kind) ? await createLockUrl(facts.messageId) : null
  const mail = messageEmail({ ...facts, appUrl: env().appUrl, lockUrl }, textFor(facts))
  return send(emailJob, facts.email, mail)
}

/** @returns why nothing was sent; null if it was. */
async function sendConnectionEmail(emailJob: DataService.EmailJob): Promise<string | null> {
  const facts = await DataService.findEmailFacts(emailJob)
  if (!facts || facts.leaving || !NEEDS_USER_ACTION.includes(facts.status)) return 'OVER'
  if (!facts.wanted) return 'NOT_WANTED'
  if (facts.told) return 'TOLD'
  return send(
    emailJob,
    facts.email,
    connectionEmail({ ...facts, appUrl: env().appUrl }, textFor(facts))
  )
}

/** Without a choice the mail is in English: the browser's language is not known here. */
const textFor = ({ language }: { language: Language | null }) =>
  textIn(language ?? 'en', 'messages')

async function send(
  { id, userId }: DataService.EmailJob,
  address: string | null,
  content: { subject: string; text: string }
): Promise<string | null> {
  if (!canSendEmail()) return 'NO_MAIL_SERVER'
  const to = address ?? (await AuthService.getUser(userId)).email
  if (!to) return 'NO_ADDRESS'
  await sendEmail({ id, to, ...content })
  return null
}

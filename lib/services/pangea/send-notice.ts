import 'server-only'
import { system } from '../../domain/actor'
import { NEEDS_PERSON } from '../../domain/bank-connection'
import { noticeMail } from '../../domain/notice'
import { env } from '../../platform/env'
import { isIntegrationError, isTransient, UNKNOWN_FAULT } from '../../platform/errors'
import { log } from '../../platform/log'
import { canSendMail, sendMail } from '../../platform/mail'
import * as AuthService from '../auth'
import * as DataService from '../data'

const app = system('notice')

/** Tells a person by e-mail that one of their banks needs them, unless that is over by now or they do not want to be told. */
export async function sendNotice(notice: DataService.Notice): Promise<void> {
  try {
    const why = await tell(notice)
    await DataService.completeNotice(app, notice, why)
    log.info('notice.done', { userId: notice.userId, connectionId: notice.connectionId, code: why })
  } catch (thrown) {
    const error = isIntegrationError(thrown) ? thrown : null
    const { service, code } = error ?? UNKNOWN_FAULT
    log.warn('notice.failed', { userId: notice.userId, connectionId: notice.connectionId, service, code })
    await DataService.failNotice(notice, { service, code, retryable: error && isTransient(error) })
  }
}

/** @returns why nothing was sent; null where it was. */
async function tell(notice: DataService.Notice): Promise<string | null> {
  const facts = await DataService.findNoticeFacts(app, notice)
  if (!facts || facts.leaving || !NEEDS_PERSON.includes(facts.status)) return 'OVER'
  if (!facts.wanted) return 'NOT_WANTED'
  if (facts.told) return 'TOLD'
  if (!canSendMail()) return 'NO_MAIL_SERVER'
  const to = facts.email ?? (await AuthService.getUser(notice.userId)).email
  if (!to) return 'NO_ADDRESS'
  await sendMail({ id: notice.id, to, ...noticeMail({ ...facts, appUrl: env().appUrl }) })
  return null
}

import 'server-only'
import { system } from '../../domain/actor'
import { now } from '../../platform/clock'
import { IntegrationError } from '../../platform/errors'
import { once } from '../../platform/globals'
import { log } from '../../platform/log'
import * as DataService from '../data'
import { onboardUser } from './onboard-user'

const app = system('reconcile')
const BATCH = 20
/** How long a thing may be silent before it is asked about. */
const APPLICATION_SILENT_MS = 20_000
const HISTORY_SILENT_MS = 20_000
const CONNECTION_SILENT_MS = 6 * 3_600_000
const EVERY_MS = 10_000

const due = () => once('reconcile', () => ({ at: 0 }))

/** Makes up for webhooks that never came: polls open applications and silent connections. Cheap when nothing is due. */
export async function reconcile(): Promise<void> {
  const state = due()
  if (now().getTime() < state.at) return
  state.at = now().getTime() + EVERY_MS
  const before = (ms: number) => new Date(now().getTime() - ms)
  for (const application of await DataService.listOpenApplications(app, { checkedBefore: before(APPLICATION_SILENT_MS), limit: BATCH })) {
    await onboardUser(app, { jikoApplicationId: application.jikoApplicationId }).catch((thrown: unknown) => {
      if (!(thrown instanceof IntegrationError)) throw thrown
      log.warn('reconcile.application', { service: thrown.service, code: thrown.code, userId: application.userId })
    })
  }
  const silent = await DataService.listSilentConnections(app, { loadingBefore: before(HISTORY_SILENT_MS), before: before(CONNECTION_SILENT_MS), limit: BATCH })
  for (const { id } of silent) await DataService.requestSync(app, id, 'reconcile')
}

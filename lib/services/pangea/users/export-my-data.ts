import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import { tellOnce } from '@/lib/services/pangea/messages/tell-once'

/**
 * All stored data of the user as a stream of files. Audited, because the export contains
 * everything.
 */
export async function exportMyData(actor: UserActor): Promise<DataService.ExportFile[]> {
  await DataService.recordAudit(actor, 'data.exported', { subject: null, detail: {} })
  await tellOnce(actor, 'data_exported', { what: 'everything' })
  return DataService.listExportFiles(actor)
}

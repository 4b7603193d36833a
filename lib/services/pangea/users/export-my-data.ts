import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'

/**
 * All stored data of the user as a stream of files. Audited, because the export contains
 * everything.
 */
export async function exportMyData(actor: UserActor): Promise<DataService.ExportFile[]> {
  await DataService.recordAudit(actor, 'data.exported', { subject: null, detail: {} })
  return DataService.listExportFiles(actor)
}

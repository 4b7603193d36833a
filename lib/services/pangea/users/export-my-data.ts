import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'

/** Everything stored about the person, as files to be read one page after the other. Noted, because whoever has this has it all. */
export async function exportMyData(actor: UserActor): Promise<DataService.ExportFile[]> {
  await DataService.recordAudit(actor, 'data.exported', { subject: null, detail: {} })
  return DataService.listExportFiles(actor)
}

import 'server-only'
import { systemActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'

const operator = systemActor('operator')

/**
 * The audit log as JSON lines, oldest first, page by page; for operators. The export is itself an
 * entry, written before the first page. @throws IntegrationError.
 */
export async function* exportAudit(): AsyncGenerator<string> {
  await DataService.recordAudit(operator, 'audit.exported', { subject: null, detail: {} })
  for await (const rows of DataService.exportAudit())
    yield rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}

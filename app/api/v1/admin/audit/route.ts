import { route } from '@/app/_lib/route'
import { AdminPageQuery, WireAuditPage } from '@/lib/api/admin'
import { DataService } from '@/lib/services'

export const GET = route({ auth: 'admin', query: AdminPageQuery, response: WireAuditPage }, async ({ actor, query }) =>
  DataService.listAudit(actor, { text: query.q, cursor: query.cursor })
)

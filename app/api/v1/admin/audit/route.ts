import { route } from '@/app/_lib/route'
import { AdminPageQuery, WireAuditPage } from '@/lib/api/admin'
import { DataService } from '@/lib/services'

export const GET = route(
  {
    summary: 'The audit log, newest first.',
    auth: 'admin',
    limit: 'admin.read',
    query: AdminPageQuery,
    response: WireAuditPage
  },
  async ({ query }) => DataService.listAudit({ text: query.q, cursor: query.cursor })
)

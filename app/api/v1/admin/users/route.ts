import { route } from '@/app/_lib/route'
import { AdminPageQuery, WirePeople } from '@/lib/api/admin'
import { DataService } from '@/lib/services'

export const GET = route(
  {
    summary: 'Users, newest first; `q` searches by e-mail or id.',
    auth: 'admin',
    limit: 'admin.read',
    query: AdminPageQuery,
    response: WirePeople
  },
  async ({ query }) => DataService.listUsers({ text: query.q, cursor: query.cursor })
)

import { route } from '@/app/_lib/route'
import { AdminActionInput } from '@/lib/api/admin'
import { ById } from '@/lib/api/params'
import { DataService } from '@/lib/services'

/** Grants half an hour of access to the user's activity; the reason stays in the audit log. */
export const POST = route(
  {
    summary: 'Grant half an hour of access to a user’s activity, with a reason.',
    auth: 'admin',
    limit: 'admin.change',
    stepUp: '10m',
    params: ById,
    body: AdminActionInput,
    response: null
  },
  async ({ actor, params, body }) => DataService.recordAccess(actor, { userId: params.id, ...body })
)

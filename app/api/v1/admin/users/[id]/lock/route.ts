import { route } from '@/app/_lib/route'
import { AdminActionInput } from '@/lib/api/admin'
import { ById } from '@/lib/api/params'
import { PangeaService } from '@/lib/services'

/** Lifts the lock of a user's transfers; the reason stays in the audit log. */
export const DELETE = route(
  {
    summary: 'Unlock transfers that a user or the system locked.',
    auth: 'admin',
    stepUp: '10m',
    limit: 'admin.change',
    params: ById,
    body: AdminActionInput,
    response: null
  },
  async ({ actor, params, body }) =>
    PangeaService.unlockTransfers(actor, { userId: params.id, ...body })
)

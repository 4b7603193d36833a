import { route } from '@/app/_lib/route'
import { AdminActionInput, WireRemoval, WireTrail } from '@/lib/api/admin'
import { ById } from '@/lib/api/params'
import { RequestError } from '@/lib/platform/errors'
import { PangeaService } from '@/lib/services'

export const GET = route(
  { auth: 'admin', limit: 'admin.read', params: ById, response: WireTrail },
  async ({ actor, params }) => {
    const timeline = await PangeaService.findActivityTimeline(actor, params.id)
    if (!timeline) throw new RequestError('forbidden', 'Give a reason before you view this user.')
    return timeline
  }
)

export const DELETE = route(
  {
    auth: 'admin',
    limit: 'admin.change',
    stepUp: '10m',
    params: ById,
    body: AdminActionInput,
    response: WireRemoval,
    status: 202,
    enqueues: true
  },
  async ({ actor, params, body }) => PangeaService.deleteUser(actor, { userId: params.id, ...body })
)

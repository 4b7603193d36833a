import { route } from '@/app/_lib/route'
import { AdminActionInput, WireRemoval, WireTrail } from '@/lib/api/admin'
import { ById } from '@/lib/api/params'
import { RequestError } from '@/lib/platform/errors'
import { PangeaService } from '@/lib/services'

export const GET = route(
  {
    summary: 'One user’s history of events.',
    auth: 'admin',
    limit: 'admin.read',
    params: ById,
    response: WireTrail
  },
  async ({ actor, params }) => {
    const timeline = await PangeaService.findActivityTimeline(actor, params.id)
    if (!timeline) throw new RequestError('forbidden', 'Give a reason before you view this user.')
    return timeline
  }
)

export const DELETE = route(
  {
    summary: 'Delete a user at every vendor.',
    auth: 'admin',
    limit: 'admin.change',
    stepUp: '10m',
    params: ById,
    body: AdminActionInput,
    errors: ['conflict'],
    response: WireRemoval,
    status: 202,
    enqueues: true
  },
  async ({ actor, params, body }) => PangeaService.deleteUser(actor, { userId: params.id, ...body })
)

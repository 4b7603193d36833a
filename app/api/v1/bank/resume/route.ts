import { route } from '@/app/_lib/route'
import { WireResumed } from '@/lib/api/responses'
import { VisitInput } from '@/lib/api/connections'
import { PangeaService } from '@/lib/services'

export const POST = route(
  { auth: 'user', body: VisitInput, response: WireResumed.nullable() },
  async ({ actor, body }) => PangeaService.resumeLink(actor, body)
)

import { route } from '@/app/_lib/route'
import { DraftInput, WireApplication } from '@/lib/api/application'
import { PangeaService } from '@/lib/services'

export const PUT = route(
  {
    summary: 'Save the answer to one question.',
    auth: 'user',
    limit: 'application.draft',
    body: DraftInput,
    response: WireApplication
  },
  async ({ actor, body }) => PangeaService.saveAnswer(actor, body)
)

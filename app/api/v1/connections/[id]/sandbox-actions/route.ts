import { route } from '@/app/_lib/route'
import { SandboxActionInput } from '@/lib/api/connections'
import { ById } from '@/lib/api/params'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Simulate an event of a bank; only with sandbox keys.',
    auth: 'user',
    limit: 'bank.sandbox_action',
    params: ById,
    body: SandboxActionInput,
    response: null,
    enqueues: true
  },
  async ({ actor, params, body }) => PangeaService.runSandboxAction(actor, params.id, body)
)

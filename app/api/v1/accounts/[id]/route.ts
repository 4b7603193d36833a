import { route } from '@/app/_lib/route'
import { LinkedAccountInput } from '@/lib/api/linked-accounts'
import { ById } from '@/lib/api/params'
import { DataService } from '@/lib/services'

export const PATCH = route(
  {
    summary: 'Rename or hide a linked account.',
    auth: 'user',
    limit: 'me.change',
    params: ById,
    body: LinkedAccountInput,
    response: null
  },
  async ({ actor, params, body }) => DataService.saveAccountView(actor, params.id, body)
)

import { route } from '@/app/_lib/route'
import { LockInput } from '@/lib/api/protection'
import { PangeaService } from '@/lib/services'

/** "This wasn't me": the token of an e-mail's link is the permission, so it works signed out. */
export const POST = route(
  {
    summary: 'Lock transfers with the link of an e-mail.',
    auth: 'public',
    networkLimit: 'locks',
    body: LockInput,
    errors: ['conflict', 'not_found'],
    response: null,
    enqueues: true
  },
  async ({ body }) => PangeaService.lockTransfers(body)
)

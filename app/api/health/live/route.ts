import { route } from '@/app/_lib/route'
import { WireLive } from '@/lib/api/operations'

export const GET = route(
  { auth: 'public', response: WireLive },
  async () => ({ ok: true }) as const
)

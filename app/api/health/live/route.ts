import { route } from '@/app/_lib/route'
import { WireLive } from '@/lib/api/operations'

export const GET = route(
  { summary: 'Whether the process answers.', auth: 'public', response: WireLive },
  async () => ({ ok: true }) as const
)

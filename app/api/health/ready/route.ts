import { isOperator } from '@/app/_lib/operator'
import { route } from '@/app/_lib/route'
import { WireReady } from '@/lib/api/operations'
import { isStopping } from '@/lib/platform/shutdown'
import { vendorHealth } from '@/lib/platform/telemetry/metrics'
import { DataService } from '@/lib/services'

/**
 * Ready when the database accepts writes and this process was not asked to stop. The operator also
 * sees why not, and the state of vendors and encryption keys, which do not decide: no restart
 * repairs them.
 */
export const GET = route(
  { summary: 'Whether the process can serve requests.', auth: 'public', response: WireReady },
  async ({ request, reply }) => {
    const storage = await DataService.checkStorage()
    const ok = storage === 'up' && !isStopping()
    if (!ok) reply.status = 503
    if (!isOperator(request)) return { ok }
    const encryption =
      storage === 'up' ? await DataService.checkEncryption().catch(() => null) : null
    const vendors = Object.fromEntries(
      Object.entries(vendorHealth()).map(([name, { state }]) => [name, state])
    )
    return { ok, ...(isStopping() ? { stopping: true } : {}), storage, encryption, vendors }
  }
)

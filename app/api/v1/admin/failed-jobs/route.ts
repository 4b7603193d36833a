import { route } from '@/app/_lib/route'
import { RetryJobInput, WireFailedJobs } from '@/lib/api/admin'
import { DataService } from '@/lib/services'

export const GET = route(
  { auth: 'admin', limit: 'admin.read', response: WireFailedJobs },
  async () => ({
    items: await DataService.listFailedJobs()
  })
)

export const POST = route(
  {
    auth: 'admin',
    limit: 'admin.change',
    stepUp: '10m',
    body: RetryJobInput,
    response: null,
    enqueues: true
  },
  async ({ actor, body }) => DataService.retryJob(actor, body)
)

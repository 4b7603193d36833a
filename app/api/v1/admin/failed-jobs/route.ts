import { route } from '@/app/_lib/route'
import { RetryJobInput, WireFailedJobs } from '@/lib/api/admin'
import { DataService } from '@/lib/services'

export const GET = route(
  {
    summary: 'Jobs that failed permanently.',
    auth: 'admin',
    limit: 'admin.read',
    response: WireFailedJobs
  },
  async () => ({
    items: await DataService.listFailedJobs()
  })
)

export const POST = route(
  {
    summary: 'Run a failed job again.',
    auth: 'admin',
    limit: 'admin.change',
    stepUp: '10m',
    body: RetryJobInput,
    errors: ['conflict'],
    response: null,
    enqueues: true
  },
  async ({ actor, body }) => DataService.retryJob(actor, body)
)

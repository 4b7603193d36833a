import { route } from '@/app/_lib/route'
import { WireReceived } from '@/lib/api/operations'
import type { Vendor } from '@/lib/domain/jobs/webhook-effects'
import { PangeaService } from '@/lib/services'

/** 200 means stored: the job reads the row. The signature covers the raw bytes. */
export const webhookRoute = (vendor: Vendor) =>
  route(
    {
      summary: 'Receive a signed event of the vendor and store it.',
      auth: 'public',
      body: 'bytes',
      errors: ['bad_signature'],
      response: WireReceived,
      enqueues: true
    },
    async ({ request, body }) => {
      await PangeaService.receiveWebhook(vendor, request.headers, body)
      return { received: true } as const
    }
  )

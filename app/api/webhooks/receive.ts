import { after } from 'next/server'
import { answer, handle, readBytes } from '@/app/api/handle'
import { PangeaService } from '@/lib/services'

/** 200 means stored, nothing more: the work is done from the row. The bytes are taken as they came, because the signature covers them. */
export const receive = (vendor: 'plaid' | 'jiko' | 'clerk') =>
  handle(async (request) => {
    await PangeaService.receiveWebhook(vendor, request.headers, await readBytes(request))
    after(PangeaService.nudgeDrain)
    return answer({ received: true })
  })

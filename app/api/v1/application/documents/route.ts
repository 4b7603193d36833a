import { route } from '@/app/_lib/route'
import { toWireDocument } from '@/app/wire'
import { WireDocuments } from '@/lib/api/answers'
import { DataService } from '@/lib/services'

export const GET = route({ auth: 'user', response: WireDocuments }, async ({ actor }) => {
  const application = await DataService.findApplication(actor)
  return {
    status: application?.status ?? null,
    documents: (application?.documents ?? []).map(toWireDocument)
  }
})

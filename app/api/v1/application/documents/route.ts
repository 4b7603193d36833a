import { route } from '@/app/_lib/route'
import { serializeDocument } from '@/app/_lib/serializers/resources'
import { DocumentsResponse } from '@/lib/api/responses'
import { DataService } from '@/lib/services'

export const GET = route(
  {
    summary: 'Documents that Jiko asks for.',
    auth: 'user',
    limit: 'read',
    response: DocumentsResponse
  },
  async ({ actor }) => {
    const application = await DataService.findApplication(actor)
    return {
      status: application?.status ?? null,
      documents: (application?.documents ?? []).map(serializeDocument)
    }
  }
)

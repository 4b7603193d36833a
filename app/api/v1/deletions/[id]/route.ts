import { route } from '@/app/_lib/route'
import { serializeDeletion } from '@/app/_lib/serializers/deletion'
import { ById } from '@/lib/api/params'
import { DeletionResponse } from '@/lib/api/responses'
import { DataService } from '@/lib/services'

/** Public to everyone with the id: it reports progress only. */
export const GET = route(
  { summary: 'Progress of a deletion.', auth: 'public', params: ById, response: DeletionResponse },
  async ({ params }) => serializeDeletion(await DataService.getDeletion(params.id))
)

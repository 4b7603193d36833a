import { answer, handlePerson } from '@/app/api/handle'
import type { WireChanged } from '@/lib/api/edits'
import { PangeaService } from '@/lib/services'

export const DELETE = handlePerson<{ id: string }>(async (person, _request, { id }) =>
  answer({ id, changed: await PangeaService.takeBack(person, id) } satisfies WireChanged)
)

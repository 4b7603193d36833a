import { answer, handleSensitive } from '@/app/api/handle'
import { PangeaService } from '@/lib/services'

export const POST = handleSensitive(async (person) => answer({ portals: await PangeaService.revealAccountNumbers(person) }))

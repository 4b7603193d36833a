import { answer, handlePerson, readQuery } from '@/app/api/handle'
import { ConnectQuery } from '@/lib/api/bank'
import { PangeaService } from '@/lib/services'

export const POST = handlePerson(async (person, request) => answer(await PangeaService.connectBank(person, readQuery(request, ConnectQuery).kind)))

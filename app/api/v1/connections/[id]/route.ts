import { after } from 'next/server'
import { answer, handlePerson, handleSensitive, readInput } from '@/app/api/handle'
import { toWireConnection } from '@/app/wire'
import { DisconnectInput } from '@/lib/api/bank'
import { DataService, PangeaService } from '@/lib/services'

export const GET = handlePerson<{ id: string }>(async (person, _request, { id }) => answer(toWireConnection(await DataService.getConnection(person, id))))

export const DELETE = handleSensitive<{ id: string }>(async (person, request, { id }) => {
  const disconnected = await PangeaService.disconnectBank(person, id, await readInput(request, DisconnectInput))
  after(PangeaService.nudgeDrain)
  return answer(disconnected)
})

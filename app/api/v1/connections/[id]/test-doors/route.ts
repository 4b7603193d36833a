import { after } from 'next/server'
import { answer, handlePerson, readInput } from '@/app/api/handle'
import { TestDoorInput } from '@/lib/api/bank'
import { PangeaService } from '@/lib/services'

export const POST = handlePerson<{ id: string }>(async (person, request, { id }) => {
  await PangeaService.openTestDoor(person, id, await readInput(request, TestDoorInput))
  after(PangeaService.nudgeDrain)
  return answer({})
})

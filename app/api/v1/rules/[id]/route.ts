import { answer, handlePerson, handleSensitive, readInput } from '@/app/api/handle'
import { RuleInput, type WireStoredRule } from '@/lib/api/edits'
import { PangeaService } from '@/lib/services'

export const PUT = handlePerson<{ id: string }>(async (person, request, { id }) => {
  const rule = await readInput(request, RuleInput)
  return answer((await PangeaService.keepRule(person, rule, { change: id })) satisfies WireStoredRule)
})

export const DELETE = handleSensitive<{ id: string }>(async (person, _request, { id }) => {
  await PangeaService.dropRule(person, id)
  return answer({})
})

import { answer, handlePerson, readInput } from '@/app/api/handle'
import type { Page } from '@/lib/api/answers'
import { NewRuleInput, type WireRule, type WireStoredRule } from '@/lib/api/edits'
import { DataService, PangeaService } from '@/lib/services'

export const GET = handlePerson(async (person) => answer({ items: await DataService.listRules(person), next: null } satisfies Page<WireRule>))

export const POST = handlePerson(async (person, request) => {
  const { id, ...rule } = await readInput(request, NewRuleInput)
  return answer((await PangeaService.keepRule(person, rule, { id })) satisfies WireStoredRule)
})

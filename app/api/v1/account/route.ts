import { answer, handlePerson, handleSensitive, readInput } from '@/app/api/handle'
import { toWireBankAccount } from '@/app/wire'
import { toWireInvestments } from '@/app/wire-account'
import { StrategyInput } from '@/lib/api/account'
import { RequestError } from '@/lib/platform/errors'
import { DataService, PangeaService } from '@/lib/services'

export const GET = handlePerson(async (person) => {
  const account = await DataService.findBankAccount(person)
  if (!account) throw new RequestError('not_found', 'You have no account here yet.')
  return answer(toWireBankAccount(account))
})

export const PATCH = handleSensitive(async (person, request) =>
  answer(toWireInvestments(await PangeaService.chooseStrategy(person, await readInput(request, StrategyInput))))
)

import { answer, handlePerson } from '@/app/api/handle'
import { toWireBankAccount } from '@/app/wire'
import { RequestError } from '@/lib/platform/errors'
import { DataService } from '@/lib/services'

export const GET = handlePerson(async (person) => {
  const account = await DataService.findBankAccount(person)
  if (!account) throw new RequestError('not_found', 'You have no account here yet.')
  return answer(toWireBankAccount(account))
})

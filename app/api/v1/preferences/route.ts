import { answer, handlePerson, readInput } from '@/app/api/handle'
import { themeCookie } from '@/app/writing'
import { PreferencesInput, type WirePreferences } from '@/lib/api/preferences'
import { DataService, PangeaService } from '@/lib/services'

export const GET = handlePerson(async (person) => answer((await DataService.getPreferences(person)) satisfies WirePreferences))

export const PATCH = handlePerson(async (person, request) => {
  const saved: WirePreferences = await PangeaService.savePreferences(person, await readInput(request, PreferencesInput))
  const response = answer(saved)
  response.headers.append('set-cookie', themeCookie(saved.theme))
  return response
})

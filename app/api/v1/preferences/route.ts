import { themeCookie } from '@/app/_lib/formatting'
import { route } from '@/app/_lib/route'
import { PreferencesInput, PreferencesResponse } from '@/lib/api/preferences'
import { DataService, PangeaService } from '@/lib/services'

export const GET = route({ auth: 'user', response: PreferencesResponse }, async ({ actor }) =>
  DataService.getPreferences(actor)
)

export const PATCH = route(
  { auth: 'user', body: PreferencesInput, response: PreferencesResponse },
  async ({ actor, body, reply }) => {
    const saved = await PangeaService.savePreferences(actor, body)
    reply.headers.append('set-cookie', themeCookie(saved.theme))
    return saved
  }
)

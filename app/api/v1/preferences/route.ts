import type { StepUpInput } from '@/app/_lib/declaration'
import { preferenceCookies } from '@/app/_lib/formatting'
import { route } from '@/app/_lib/route'
import { PreferencesInput, PreferencesResponse } from '@/lib/api/preferences'
import { changesEmails } from '@/lib/domain/users/preferences'
import { DataService, PangeaService } from '@/lib/services'

export const GET = route(
  {
    summary: 'The user’s preferences.',
    auth: 'user',
    limit: 'read',
    response: PreferencesResponse
  },
  async ({ actor }) => DataService.getPreferences(actor)
)

export const PATCH = route(
  {
    summary: 'Change preferences.',
    auth: 'user',
    limit: 'me.change',
    // A thief's first step would be to silence the mail.
    stepUp: {
      within: '10m',
      only: 'emailNotices or emailsOff changes',
      applies: async ({ actor, body }: StepUpInput<{ body: PreferencesInput }>) =>
        (body.emailNotices !== undefined || body.emailsOff !== undefined) &&
        changesEmails(await DataService.getPreferences(actor), body)
    },
    body: PreferencesInput,
    response: PreferencesResponse
  },
  async ({ actor, body, reply }) => {
    const saved = await PangeaService.savePreferences(actor, body)
    for (const cookie of preferenceCookies(saved)) reply.headers.append('set-cookie', cookie)
    return saved
  }
)

import { route } from '@/app/_lib/route'
import { WireApplication } from '@/lib/api/application'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Use the phone number that Clerk verified.',
    auth: 'user',
    limit: 'application.phone',
    errors: ['phone_not_proven'],
    response: WireApplication
  },
  async ({ actor }) => PangeaService.confirmPhone(actor)
)

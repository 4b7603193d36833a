import { route } from '@/app/_lib/route'
import { serializeDeletion } from '@/app/_lib/serializers/deletion'
import { DeleteMeInput } from '@/lib/api/me'
import { DeletionResponse, MeResponse } from '@/lib/api/responses'
import { onboardingStep } from '@/lib/domain/onboarding/onboarding'
import { DataService, PangeaService } from '@/lib/services'

export const GET = route(
  {
    summary: 'The signed-in user and their next step.',
    auth: 'user',
    limit: 'read',
    errors: ['conflict'],
    response: MeResponse
  },
  async ({ actor }) => {
    const [facts, email] = await Promise.all([
      DataService.getOnboardingFacts(actor),
      DataService.findEmail(actor)
    ])
    return { id: actor.userId, email, step: onboardingStep(facts) }
  }
)

export const DELETE = route(
  {
    summary: 'Delete the user and all data.',
    auth: 'user',
    stepUp: '10m',
    limit: 'me.delete',
    body: DeleteMeInput,
    errors: ['not_found'],
    response: DeletionResponse,
    status: 202,
    enqueues: true
  },
  async ({ actor }) => {
    const { id } = await PangeaService.deleteMyData(actor)
    return serializeDeletion(await DataService.getDeletion(id))
  }
)

import { answer, handleSensitive, readInput } from '@/app/api/handle'
import { FundingLinkInput, type WireFundingLink } from '@/lib/api/transfers'
import { PangeaService } from '@/lib/services'

export const POST = handleSensitive(async (person, request) =>
  answer((await PangeaService.openFundingLink(person, await readInput(request, FundingLinkInput))) satisfies WireFundingLink)
)

import { answer, handlePerson, readInput } from '@/app/api/handle'
import { FundingLinkInput, type WireFundingLink } from '@/lib/api/transfers'
import { PangeaService } from '@/lib/services'

export const POST = handlePerson(async (person, request) =>
  answer((await PangeaService.openFundingLink(person, await readInput(request, FundingLinkInput))) satisfies WireFundingLink)
)

import { handlePerson } from '@/app/api/handle'
import { streamChanges } from '@/app/api/v1/events/stream'

export const GET = handlePerson(async (person, request) => streamChanges(person, request))

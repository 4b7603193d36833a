import { answer, handle } from '@/app/api/handle'
import { toWireDeletion } from '@/app/wire-deletion'
import { system } from '@/lib/domain/actor'
import { DataService } from '@/lib/services'

/** Open to whoever has the id: it tells how far the work is and nothing about whose it is. */
export const GET = handle<{ id: string }>(async (_request, { id }) => answer(toWireDeletion(await DataService.getDeletion(system('deletion'), id))))

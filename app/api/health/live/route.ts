import { answer, handle } from '@/app/api/handle'

export const GET = handle(async () => answer({ ok: true }))

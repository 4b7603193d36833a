import { z } from 'zod'
import { DELETION_PHRASE } from '@/lib/domain/users/deletion'

/** The body of DELETE /api/v1/me. The phrase is case-insensitive and trimmed. */
export const DeleteMeInput = z.strictObject({
  confirmation: z
    .string()
    .refine(
      (typed) => typed.trim().replace(/\s+/g, ' ').toLowerCase() === DELETION_PHRASE,
      `Type “${DELETION_PHRASE}” here`
    )
})

import { z } from 'zod'
import { DELETION_PHRASES } from '@/lib/domain/users/deletion'

const PHRASES: string[] = Object.values(DELETION_PHRASES)

/** The body of DELETE /api/v1/me. The phrase is case-insensitive and trimmed, in any language. */
export const DeleteMeInput = z.strictObject({
  confirmation: z
    .string()
    .refine(
      (typed) => PHRASES.includes(typed.trim().replace(/\s+/g, ' ').toLowerCase()),
      `Type “${DELETION_PHRASES.en}” here`
    )
})

import { z } from 'zod'
import { DELETION_PHRASE } from '@/lib/domain/users/deletion'

/** DELETE /api/v1/me: the phrase as the person typed it; capitals and blanks around it are forgiven. */
export const DeleteMeInput = z.strictObject({
  confirmation: z
    .string()
    .refine(
      (typed) => typed.trim().replace(/\s+/g, ' ').toLowerCase() === DELETION_PHRASE,
      `Type “${DELETION_PHRASE}” here`
    )
})

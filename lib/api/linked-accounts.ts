/** Requests of /api/v1/accounts. */
import { z } from 'zod'

/** The query of GET /api/v1/accounts. */
export const LinkedAccountsQuery = z.object({ hidden: z.enum(['include']).optional() })

/** The body of PATCH /api/v1/accounts/:id. An empty name restores the institution's. */
export const LinkedAccountInput = z
  .object({
    name: z
      .string()
      .trim()
      .max(80, 'Use a shorter name')
      .transform((text) => text || null)
      .nullable(),
    hidden: z.boolean()
  })
  .partial()

/** The request of POST /api/v1/locks. */
import { z } from 'zod'

/** The token of a link in an e-mail. */
export const LockInput = z.strictObject({
  token: z.string({ error: 'Open the link from the e-mail again' }).max(200)
})

/** Path parameters. Malformed ids are 404, like unknown ids. */
import { z } from 'zod'

export const ById = z.object({ id: z.string() })
export const ByType = z.object({ type: z.string() })

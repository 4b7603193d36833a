/** The variable parts of addresses. Ids that no row has are 404, whatever their shape. */
import { z } from 'zod'

export const ById = z.object({ id: z.string() })
export const ByType = z.object({ type: z.string() })

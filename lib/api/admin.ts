import { z } from 'zod'
import { WORK_KINDS } from '../domain/work'

const reason = z.string().trim().min(5, 'Say in a few words why').max(300, 'Shorten it to 300 characters')
const text = z.string().trim().max(200).default('')

/** Every act of an administrator. */
export const ReasonInput = z.strictObject({ reason })
export const RetryInput = z.strictObject({ kind: z.enum(WORK_KINDS), id: z.string().max(100), reason })
export const AdminPageQuery = z.object({ q: text, cursor: z.string().max(300).nullable().default(null) })

/** Requests and responses of /api/v1/messages. */
import { z } from 'zod'
import { MoneyResponse } from '@/lib/api/responses'

/** The query of GET /api/v1/messages. */
export const MessagesQuery = z.object({
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20)
})

export const MessageResponse = z.strictObject({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  text: z.string(),
  /** What it is about in money; e-mails do not have it. */
  amounts: z.array(z.strictObject({ label: z.string(), amount: MoneyResponse })),
  /** Where to act or read more; null if there is nothing left to do. */
  link: z.strictObject({ href: z.string(), label: z.string() }).nullable(),
  read: z.boolean(),
  /** What it was about has ended. */
  over: z.boolean(),
  at: z.string()
})
export type MessageResponse = z.infer<typeof MessageResponse>

/** The body of POST /api/v1/messages/read: the newest message that was shown. */
export const ReadMessagesInput = z.object({ upTo: z.uuid() })

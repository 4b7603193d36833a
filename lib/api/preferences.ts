/** What /api/v1/preferences takes and answers. */
import { z } from 'zod'
import { LOCALES, THEMES } from '@/lib/domain/users/preferences'
import { isZone } from '@/lib/api/transactions'

const orBrowser = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? null : value), schema.nullable())

/** The body of PATCH /api/v1/preferences: what is to change. Null, or an empty text, goes by the browser. */
export const PreferencesInput = z
  .object({
    theme: z.enum(THEMES, { error: 'Choose one of the listed looks' }),
    timeZone: orBrowser(
      z.string().refine((name) => isZone(name), 'Choose a time zone, such as America/New_York')
    ),
    locale: orBrowser(z.enum(LOCALES, { error: 'Choose one of the listed ways to write' })),
    shortcuts: z.boolean({ error: 'Say yes or no' }),
    emailNotices: z.boolean({ error: 'Say yes or no' })
  })
  .partial()

export const WirePreferences = z.strictObject({
  theme: z.enum(THEMES),
  timeZone: z.string().nullable(),
  locale: z.enum(LOCALES).nullable(),
  shortcuts: z.boolean(),
  emailNotices: z.boolean()
})
export type WirePreferences = z.infer<typeof WirePreferences>

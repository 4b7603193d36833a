/** Requests and responses of /api/v1/preferences. */
import { z } from 'zod'
import { isTimeZone } from '@/lib/api/transactions'
import { LANGUAGES } from '@/lib/domain/text/languages'
import { LISTED_GROUPS, LOCALES, THEMES } from '@/lib/domain/users/preferences'

const browserDefault = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? null : value), schema.nullable())

/**
 * The body of PATCH /api/v1/preferences: the fields to change. Null or an empty string restores
 * the browser default.
 */
export const PreferencesInput = z
  .object({
    theme: z.enum(THEMES, { error: 'Choose one of the listed themes' }),
    language: browserDefault(z.enum(LANGUAGES, { error: 'Choose one of the listed languages' })),
    timeZone: browserDefault(
      z.string().refine((name) => isTimeZone(name), 'Choose a time zone, such as America/New_York')
    ),
    locale: browserDefault(z.enum(LOCALES, { error: 'Choose one of the listed formats' })),
    shortcuts: z.boolean({ error: 'Choose yes or no' }),
    emailNotices: z.boolean({ error: 'Choose yes or no' }),
    /** The groups of e-mails that the user does not want. */
    emailsOff: z
      .array(z.enum(LISTED_GROUPS, { error: 'Choose from the listed groups' }))
      .max(LISTED_GROUPS.length)
  })
  .partial()
export type PreferencesInput = z.output<typeof PreferencesInput>

export const PreferencesResponse = z.strictObject({
  theme: z.enum(THEMES),
  language: z.enum(LANGUAGES).nullable(),
  timeZone: z.string().nullable(),
  locale: z.enum(LOCALES).nullable(),
  shortcuts: z.boolean(),
  emailNotices: z.boolean(),
  emailsOff: z.array(z.enum(LISTED_GROUPS))
})
export type PreferencesResponse = z.infer<typeof PreferencesResponse>

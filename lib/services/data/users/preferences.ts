import 'server-only'
import { sql } from 'drizzle-orm'
import type { Language } from '@/lib/domain/text/languages'
import type { UserActor } from '@/lib/domain/users/actor'
import {
  DEFAULT_PREFERENCES,
  type ListedGroup,
  type Locale,
  type Preferences,
  type Theme
} from '@/lib/domain/users/preferences'
import { queryOne } from '@/lib/services/data/sql/query'
import { auditedChange, jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, nullable, rowType } from '@/lib/services/data/sql/row-type'
import { preferences } from '@/xata/schema'

const PREFERENCES = rowType({
  theme: column.textOf<Theme>(),
  language: nullable(column.textOf<Language>()),
  timeZone: preferences.timeZone,
  locale: nullable(column.textOf<Locale>()),
  shortcuts: preferences.shortcuts,
  emailNotices: preferences.emailNotices,
  emailsOff: column.jsonb<ListedGroup[]>()
})
const columns = sql`theme, language, time_zone as "timeZone", locale, shortcuts, email_notices as "emailNotices", emails_off as "emailsOff"`

/** The user's preferences, else the defaults. */
export const getPreferences = async (actor: UserActor): Promise<Preferences> =>
  (await queryOne(
    actor,
    PREFERENCES,
    sql`select ${columns} from ${preferences} where user_id = ${actor.userId}`
  )) ?? DEFAULT_PREFERENCES

/** Changes the given preferences and keeps the others. @returns all of them. */
export async function savePreferences(
  actor: UserActor,
  change: { [K in keyof Preferences]?: Preferences[K] | undefined }
): Promise<Preferences> {
  const fields = Object.keys(change)
  const given = sql`jsonb_to_record(${jsonb({ ...DEFAULT_PREFERENCES, ...change })}) as g("theme" text, "language" text, "timeZone" text, "locale" text, "shortcuts" boolean, "emailNotices" boolean, "emailsOff" jsonb)`
  const next = (field: keyof Preferences, column: string) =>
    change[field] === undefined
      ? sql.raw(`${column} = p.${column}`)
      : sql.raw(`${column} = excluded.${column}`)
  const stored = await queryOne(
    actor,
    PREFERENCES,
    auditedChange(
      actor,
      sql`insert into ${preferences} as p (user_id, theme, language, time_zone, locale, shortcuts, email_notices, emails_off)
      select ${actor.userId}, g."theme", g."language", g."timeZone", g."locale", g."shortcuts", g."emailNotices", g."emailsOff" from ${given}
      on conflict (user_id) do update set ${next('theme', 'theme')}, ${next('language', 'language')}, ${next('timeZone', 'time_zone')}, ${next('locale', 'locale')},
        ${next('shortcuts', 'shortcuts')}, ${next('emailNotices', 'email_notices')}, ${next('emailsOff', 'emails_off')}, updated_at = now()
      returning user_id, ${columns}`,
      {
        action: 'preferences.changed',
        detail: jsonb({ fields }),
        result: sql`select "theme", "language", "timeZone", "locale", "shortcuts", "emailNotices", "emailsOff" from changed`
      }
    )
  )
  return stored ?? DEFAULT_PREFERENCES
}

import 'server-only'
import { sql } from 'drizzle-orm'
import { preferences } from '@/xata/schema'
import type { UserActor } from '@/lib/domain/users/actor'
import { DEFAULT_PREFERENCES, type Preferences } from '@/lib/domain/users/preferences'
import { audit, bump, json } from '@/lib/services/data/sql/query-helpers'
import { row } from '@/lib/services/data/sql/query'

const columns = sql`theme, time_zone as "timeZone", locale, shortcuts, email_notices as "emailNotices"`

/** What the person has chosen, else what is usual. */
export const getPreferences = async (person: UserActor): Promise<Preferences> =>
  (await row<Preferences>(
    sql`select ${columns} from ${preferences} where user_id = ${person.userId}`
  )) ?? DEFAULT_PREFERENCES

/** Changes what is named and leaves the rest. @returns all of it. */
export async function storePreferences(
  person: UserActor,
  change: { [K in keyof Preferences]?: Preferences[K] | undefined }
): Promise<Preferences> {
  const fields = Object.keys(change)
  const given = sql`jsonb_to_record(${json({ ...DEFAULT_PREFERENCES, ...change })}) as g("theme" text, "timeZone" text, "locale" text, "shortcuts" boolean, "emailNotices" boolean)`
  const next = (field: keyof Preferences, column: string) =>
    change[field] === undefined
      ? sql.raw(`${column} = p.${column}`)
      : sql.raw(`${column} = excluded.${column}`)
  const stored = await row<Preferences>(sql`with changed as (
      insert into ${preferences} as p (user_id, theme, time_zone, locale, shortcuts, email_notices)
      select ${person.userId}, g."theme", g."timeZone", g."locale", g."shortcuts", g."emailNotices" from ${given}
      on conflict (user_id) do update set ${next('theme', 'theme')}, ${next('timeZone', 'time_zone')}, ${next('locale', 'locale')},
        ${next('shortcuts', 'shortcuts')}, ${next('emailNotices', 'email_notices')}, updated_at = now()
      returning user_id, ${columns}
    ), audited as (${audit(person, sql`changed`, { action: 'preferences.changed', detail: json({ fields }) })}), bumped as (${bump(sql`changed`)})
    select "theme", "timeZone", "locale", "shortcuts", "emailNotices" from changed`)
  return stored ?? DEFAULT_PREFERENCES
}

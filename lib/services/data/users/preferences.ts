import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
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
import { auditedChange, givenFields, jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, nullable, rowType, typed } from '@/lib/services/data/sql/row-type'
import { readOne } from '@/lib/services/data/sql/short-reads'
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
/** The column of each preference, and its type in the JSON of a change. */
const STORED: Record<keyof Preferences, [column: string, type: 'text' | 'boolean' | 'jsonb']> = {
  theme: ['theme', 'text'],
  language: ['language', 'text'],
  timeZone: ['time_zone', 'text'],
  locale: ['locale', 'text'],
  shortcuts: ['shortcuts', 'boolean'],
  emailNotices: ['email_notices', 'boolean'],
  emailsOff: ['emails_off', 'jsonb']
}
/** A list with one part for each preference. */
const eachPreference = (part: (field: string, column: string, type: string) => string): SQL =>
  sql.raw(
    Object.entries(STORED)
      .map(([field, [name, type]]) => part(field, name, type))
      .join(', ')
  )
const columns = eachPreference((field, name) => `${name} as "${field}"`)

/** The user's preferences, else the defaults. */
export const getPreferences = async (actor: UserActor): Promise<Preferences> =>
  (await readOne(
    actor,
    typed(PREFERENCES, sql`select ${columns} from ${preferences} where user_id = ${actor.userId}`)
  )) ?? DEFAULT_PREFERENCES

/** Changes the given preferences and keeps the others. @returns all of them. */
export async function savePreferences(
  actor: UserActor,
  change: { [K in keyof Preferences]?: Preferences[K] | undefined }
): Promise<Preferences> {
  const given = givenFields(change)
  const record = sql`jsonb_to_record(${jsonb({ ...DEFAULT_PREFERENCES, ...change })}) as g(${eachPreference((field, _, type) => `"${field}" ${type}`)})`
  const next = eachPreference(
    (field, name) => `${name} = ${given.includes(field) ? 'excluded' : 'p'}.${name}`
  )
  const stored = await queryOne(
    actor,
    PREFERENCES,
    auditedChange(
      actor,
      sql`insert into ${preferences} as p (user_id, ${eachPreference((_, name) => name)})
      select ${actor.userId}, ${eachPreference((field) => `g."${field}"`)} from ${record}
      on conflict (user_id) do update set ${next}, updated_at = now()
      returning user_id, ${columns}`,
      {
        action: 'preferences.changed',
        detail: jsonb({ fields: given }),
        result: sql`select ${eachPreference((field) => `"${field}"`)} from changed`
      }
    )
  )
  return stored ?? DEFAULT_PREFERENCES
}

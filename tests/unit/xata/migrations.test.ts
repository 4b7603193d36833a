import { readdirSync, readFileSync } from 'node:fs'
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import { expect, test } from 'vitest'
import * as schema from '@/xata/schema'

const FOLDER = 'xata/migrations/meta'

test('the migrations contain every table and column of xata/tables; else run `npx drizzle-kit generate --name <word>`', async () => {
  const newest = readdirSync(FOLDER)
    .filter((name) => name.endsWith('_snapshot.json'))
    .sort()
    .at(-1)
  const migrated = JSON.parse(readFileSync(`${FOLDER}/${newest}`, 'utf8'))
  expect(await generateMigration(migrated, generateDrizzleJson(schema, migrated.id))).toEqual([])
})

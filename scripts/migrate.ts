/** `npm run migrate`: applies missing migrations. */
import { readEnvironment } from '@/scripts/stack/env-files'
import { migrateDatabase } from '@/scripts/stack/migration'
import { exitWithError } from '@/scripts/stack/steps'

await migrateDatabase(readEnvironment(process.cwd())).catch(exitWithError)
console.log('✓ the database is up to date')

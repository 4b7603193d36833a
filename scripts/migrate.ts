/** `npm run migrate`: brings the database named by DATABASE_URL to the newest schema. */
import { migrate } from '@/xata/migrate'
import { readEnvironment } from './env-files'
import { fail, PlainFailure } from './steps'

const { DATABASE_URL } = readEnvironment(process.cwd())
if (!DATABASE_URL) fail(new PlainFailure('DATABASE_URL is missing, for example postgresql://user:password@host/database'))
await migrate(DATABASE_URL).catch(fail)
console.log('✓ the database is up to date')

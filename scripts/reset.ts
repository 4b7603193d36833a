/** `npm run reset`: deletes all local data. */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { dataDirOf } from '@/scripts/stack/env-files'
import { findRunningStack } from '@/scripts/stack/running-stack'

const dataDir = dataDirOf(process.cwd())
const holder = findRunningStack(dataDir)
if (holder) {
  console.error(
    `Pangea is running${holder.url ? ` at ${holder.url}` : ''}. Stop it first (Ctrl-C), then reset.`
  )
  process.exit(1)
}
if (existsSync(dataDir))
  for (const name of readdirSync(dataDir))
    rmSync(join(dataDir, name), { recursive: true, force: true })
console.log('✓ .data is empty: the next start begins from nothing')

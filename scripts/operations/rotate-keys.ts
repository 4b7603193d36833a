/**
 * `npm run keys:rotate`: encrypts every stored value under the newest of ENCRYPTION_KEYS, while the
 * app runs. `-- --retire=KEY` says whether an old key can be removed from the settings.
 */
import { parseArgs } from 'node:util'
import { builtSettings } from '@/scripts/deployment/public-settings'
import { readEnvironment } from '@/scripts/stack/env-files'
import { exitWithError, UserError } from '@/scripts/stack/steps'

Object.assign(process.env, builtSettings(), readEnvironment(process.cwd()))
const { values: options } = parseArgs({ options: { retire: { type: 'string' } } })
const { PangeaService } = await import('@/lib/services')

const STATES = {
  newest: 'encrypts new values',
  in_use: 'still in use',
  unused: 'not in use',
  missing: 'in use, but not in ENCRYPTION_KEYS'
}

try {
  if (options.retire) await retire(options.retire)
  else await rotate()
  process.exit(0)
} catch (error) {
  exitWithError(error)
}

async function rotate(): Promise<void> {
  const { changed, unreadable } = await PangeaService.rotateKeys()
  console.log(`✓ ${changed} values encrypted under the newest key`)
  await printKeys()
  if (unreadable > 0)
    throw new UserError(
      `${unreadable} values could not be decrypted. Put their keys back into ENCRYPTION_KEYS and run this again.`
    )
}

async function retire(keyId: string): Promise<void> {
  const answer = await PangeaService.retireKey(keyId)
  if (answer.outcome === 'retired') {
    console.log(`✓ no stored value uses ${keyId}: remove it from ENCRYPTION_KEYS`)
    return
  }
  await printKeys()
  throw new UserError(
    {
      in_use: `${keyId} is not retired: ${answer.values} stored values use it. Run npm run keys:rotate first.`,
      newest: `${keyId} is not retired: it encrypts new values. Put another key in front of it first.`,
      unknown: `There is no key ${keyId}: it is not in ENCRYPTION_KEYS, and no stored value uses it.`
    }[answer.outcome]
  )
}

async function printKeys(): Promise<void> {
  for (const { keyId, state, values, tables } of await PangeaService.listKeyUse()) {
    const parts = Object.entries(tables).map(([table, count]) => `${table} ${count}`)
    const where = parts.length ? ` (${parts.join(', ')})` : ''
    console.log(`· ${keyId}: ${STATES[state]}, ${values} values${where}`)
  }
}

/** `npm run build`: everything that `npm run serve` needs, in `dist`, to be run here or elsewhere. */
import { join } from 'node:path'
import { bundle } from '@/scripts/deployment/bundle'
import { CLERK_PAGES } from '@/scripts/stack/emulator-env'
import { dataDirOf, readEnvironment } from '@/scripts/stack/env-files'
import { buildOnce } from '@/scripts/stack/production-build'
import { exitWithError, step, UserError } from '@/scripts/stack/steps'

const root = process.cwd()
const env = { ...CLERK_PAGES, ...readEnvironment(root) }

try {
  if (!env.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY)
    throw new UserError(
      'NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY is missing. The browser’s code contains it, so a build needs it.'
    )
  await step('building the app', () =>
    buildOnce(root, env, join(dataDirOf(root), 'logs'), { standalone: true })
  )
  await step('collecting what a deployment needs', () => bundle(root, join(root, 'dist'), env))
  console.log('✓ dist is complete: run it with npm run serve, here or on another machine')
} catch (error) {
  exitWithError(error)
}

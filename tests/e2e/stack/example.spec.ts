/** The example program, as a developer runs it beside the app. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SOURCE_ARGS } from '@/scripts/source-args.mjs'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { stack } from '@/tests/e2e/support/stack'

test('the typed client leads a new user from sign-up to the transactions of a bank', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...SOURCE_ARGS, join(process.cwd(), 'scripts/example/index.ts')],
    {
      env: {
        ...process.env,
        APP_URL: stack.appUrl,
        CLERK_SECRET_KEY: stack.clerkSecretKey,
        CLERK_API_URL: stack.clerkUrl,
        PLAID_BASE_URL: stack.plaidUrl,
        PLAID_CLIENT_ID: stack.plaidClientId,
        PLAID_SECRET: stack.plaidSecret
      }
    }
  )
  expect(stdout).toMatch(/for 9 steps, [1-9]\d+ transactions/)
})

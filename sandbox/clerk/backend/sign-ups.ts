/** Backend API: sign-ups in progress. */
import type { Context, Hono } from 'hono'
import { notFound } from '@/sandbox/clerk/errors'
import { readParams, text } from '@/sandbox/clerk/frontend/caller'
import type { Instance } from '@/sandbox/clerk/instance'
import type { SignUpRecord } from '@/sandbox/clerk/records'
import { signUpShape } from '@/sandbox/clerk/resources'

export function addSignUpAttempts(app: Hono, instance: Instance): void {
  const found = (c: Context): SignUpRecord => {
    const signUp = instance.records.signUps.get(c.req.param('id') ?? '')
    if (!signUp) throw notFound('sign up attempt')
    return signUp
  }
  app.get('/sign_ups/:id', (c) => c.json(attemptShape(found(c)) as never))
  app.patch('/sign_ups/:id', async (c) => {
    const params = await readParams(c)
    const signUp = found(c)
    const externalId = text(params, 'external_id') ?? signUp.externalId
    const changed = {
      ...signUp,
      ...(externalId ? { externalId } : {}),
      ...(typeof params.custom_action === 'boolean' ? { customAction: params.custom_action } : {})
    }
    return c.json(attemptShape(instance.records.signUps.put(changed)) as never)
  })
}

const NO_VERIFICATION = { next_action: '', supported_strategies: [] }

/** Every verification is present here, unlike in the browser's shape. */
function attemptShape(signUp: SignUpRecord): object {
  const {
    has_password: _,
    external_account_strategy: __,
    external_account: ___,
    ...shape
  } = signUpShape(signUp)
  return {
    ...shape,
    object: 'sign_up_attempt',
    verifications: {
      ...shape.verifications,
      phone_number: NO_VERIFICATION,
      web3_wallet: NO_VERIFICATION
    }
  }
}

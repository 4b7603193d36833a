import { z } from 'zod'
import { codeAt } from '@/sandbox/clerk/factors/totp'
import type { RunningEmulator } from '@/sandbox/core/sandbox'
import { type Browser, openBrowser, signUp } from '@/tests/contract/clerk/browser'
import { freshEmail, type Target } from '@/tests/contract/clerk/target'

/** Signs users up, sets up authenticator apps and reads the factor ages of a session. */
export function factorHelpers(sandbox: () => RunningEmulator, target: () => Target) {
  const advance = (minutes: number) =>
    fetch(`${sandbox().url}/_sandbox/clock`, {
      method: 'POST',
      body: JSON.stringify({ advance: minutes * 60_000 })
    })
  async function newcomer() {
    const browser = await openBrowser(target())
    const email = freshEmail()
    const made = await signUp(browser, email)
    return { browser, email, session: `/client/sessions/${made.sessionId}`, ...made }
  }
  /** The server SDK's result for the token that the browser would send now. */
  async function authOf(browser: Browser, session: string) {
    const { body } = await browser.call('POST', `${session}/tokens`)
    const request = new Request('http://localhost:3000/api', {
      headers: { authorization: `Bearer ${body.jwt}` }
    })
    const auth = (await target().client.authenticateRequest(request)).toAuth()
    if (!auth?.isAuthenticated || !('factorVerificationAge' in auth)) throw new Error('signed out')
    return { ages: auth.factorVerificationAge, isFresh: auth.has({ reverification: 'strict' }) }
  }
  /** Sets up an authenticator app and returns its code generator. */
  async function setUpApp(browser: Browser) {
    const { secret } = z
      .object({ secret: z.string() })
      .parse((await browser.call('POST', '/me/totp')).body.response)
    const done = await browser.call('POST', '/me/totp/attempt_verification', {
      code: codeAt(secret, Date.now())
    })
    return {
      code: () => codeAt(secret, Date.now()),
      secret,
      backupCodes: z.object({ backup_codes: z.array(z.string()) }).parse(done.body.response)
        .backup_codes
    }
  }
  return { advance, newcomer, authOf, setUpApp }
}

/**
 * A browser that calls the Frontend API as clerk-js does: forms, snake_case, dev browser and verb
 * in the query.
 */
import { z } from 'zod'
import { PASSWORD, type Target } from '@/tests/contract/clerk/target'

const Answer = z.looseObject({
  errors: z
    .array(
      z.looseObject({
        code: z.string(),
        meta: z.looseObject({ param_name: z.string().optional() }).optional()
      })
    )
    .optional(),
  response: z
    .looseObject({
      id: z.string().optional(),
      status: z.string().optional(),
      created_session_id: z.string().nullish(),
      created_user_id: z.string().nullish()
    })
    .nullish(),
  client: z.looseObject({ sessions: z.array(z.looseObject({ id: z.string() })) }).nullish(),
  jwt: z.string().optional()
})
export type Browser = {
  call(
    method: string,
    path: string,
    form?: Record<string, string>
  ): Promise<{ status: number; error?: string; param?: string; body: z.infer<typeof Answer> }>
  devBrowser: string
}

export async function openBrowser(
  target: Pick<Target, 'client' | 'frontendUrl'>
): Promise<Browser> {
  const { token: testingToken } = await target.client.testingTokens.createTestingToken()
  const made = await fetch(`${target.frontendUrl}/v1/dev_browser`, { method: 'POST' })
  const devBrowser = z.object({ id: z.string() }).parse(await made.json()).id
  return {
    devBrowser,
    async call(method, path, form = {}) {
      const url = new URL(`/v1${path}`, target.frontendUrl)
      url.search = new URLSearchParams({
        __clerk_db_jwt: devBrowser,
        __clerk_testing_token: testingToken,
        ...(method === 'GET' ? {} : { _method: method })
      }).toString()
      const init = {
        method: 'POST',
        headers: { origin: 'http://localhost:3000' },
        body: new URLSearchParams(form)
      }
      const response = await fetch(url, method === 'GET' ? { headers: init.headers } : init)
      const body = Answer.parse(await response.json())
      return {
        status: response.status,
        error: body.errors?.[0]?.code,
        param: body.errors?.[0]?.meta?.param_name,
        body
      }
    }
  }
}

/** Submits the sign-up form and requests the code. Returns the attempt's path. */
export async function beginSignUp(browser: Browser, email: string): Promise<string> {
  const begun = await browser.call('POST', '/client/sign_ups', {
    email_address: email,
    password: PASSWORD
  })
  const path = `/client/sign_ups/${begun.body.response?.id}`
  await browser.call('POST', `${path}/prepare_verification`, { strategy: 'email_code' })
  return path
}

export async function signUp(
  browser: Browser,
  email: string
): Promise<{ userId: string; sessionId: string }> {
  const done = await browser.call(
    'POST',
    `${await beginSignUp(browser, email)}/attempt_verification`,
    { strategy: 'email_code', code: '424242' }
  )
  const { created_user_id: userId, created_session_id: sessionId } = done.body.response ?? {}
  if (!userId || !sessionId)
    throw new Error(`sign-up did not complete: ${done.error ?? done.status}`)
  return { userId, sessionId }
}

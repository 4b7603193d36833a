import { beforeEach, expect, it } from 'vitest'
import { requireValidRedirectUrl } from '@/app/_lib/redirect-url'
import { setEnvironment } from '@/tests/support/environment'

beforeEach(() => setEnvironment())

const ask = (redirect_url?: string | string[]) =>
  requireValidRedirectUrl(
    '/sign-in',
    Promise.resolve(redirect_url === undefined ? {} : { redirect_url })
  )

for (const address of ['http://', 'https://[', '//', ['/dashboard', '/account']])
  it(`the form opens without the address ${JSON.stringify(address)}, which leads nowhere`, async () => {
    await expect(ask(address)).rejects.toMatchObject({
      digest: expect.stringContaining(';/sign-in;')
    })
  })

it('a readable return address is left to Clerk', async () => {
  for (const address of [
    undefined,
    '/dashboard?month=2026-11',
    'http://localhost:3000/settings',
    '%E0%A4%A'
  ])
    await ask(address)
})

import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMail } from '@/sandbox/mail'

let mailbox: Awaited<ReturnType<typeof startMail>>
beforeAll(async () => {
  mailbox = await startMail({ port: 0, smtpPort: 0, dataDir: null })
})
afterAll(() => mailbox.close())

const send = (mail: object) =>
  createTransport({ host: '127.0.0.1', port: mailbox.smtpPort, secure: false }).sendMail({
    from: 'a@example.com',
    to: 'b@example.com',
    ...mail
  })
const kept = async () =>
  (
    (await (await fetch(`${mailbox.url}/_sandbox/ledger`)).json()) as {
      mails: { subject: string; text: string; to: string[] }[]
    }
  ).mails

test('a mail arrives as written, in any alphabet and with lines that start with a dot', async () => {
  const text = `Grüße ☕ ${'long '.repeat(40)}\n\n.\n..two dots\nend`
  await send({
    subject: 'Crédit Agricole ☕ needs you, and the subject is long enough to be folded somewhere',
    text
  })
  expect(await kept()).toMatchObject([
    {
      to: ['b@example.com'],
      subject:
        'Crédit Agricole ☕ needs you, and the subject is long enough to be folded somewhere',
      text: text.trim()
    }
  ])
})

test('the mail emulator defers or rejects on request, and the console shows what arrived', async () => {
  for (const [mode, code] of [
    ['later', 451],
    ['refuse', 550]
  ] as const) {
    await fetch(`${mailbox.url}/_sandbox/mode/${mode}`, { method: 'POST' })
    await expect(send({ subject: 'no', text: 'no' })).rejects.toMatchObject({ responseCode: code })
  }
  const page = (await (await fetch(`${mailbox.url}/_sandbox/console`)).json()) as {
    objects: { label: string; state: string }[]
    actions: { label: string }[]
  }
  expect(page.objects).toHaveLength(1)
  expect(page.objects[0]?.label).toContain('To b@example.com: Crédit')
  expect(page.actions.map(({ label }) => label)).toContain('Accept mail')
})

import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startClerk } from '@/sandbox/clerk'
import { startJiko } from '@/sandbox/jiko'
import { startMail } from '@/sandbox/mail'
import { startPlaid } from '@/sandbox/plaid'

const dir = mkdtempSync(join(tmpdir(), 'pangea-survival-'))
const base = { port: 0, dataDir: null }
const running: { close(): Promise<void> }[] = []
const ports: Record<string, number> = {}
/** The data that a dying or broken client leaves on the connection. */
const ABUSE: Record<string, string | Buffer> = {
  'a request cut in its head': 'POST /sql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Le',
  'a request cut in its body':
    'POST /transactions/sync HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"cur',
  'an unread response': 'GET /_sandbox/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
  'a broken percent-encoding':
    'GET /v1/users/%E0%A4%A HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n',
  'an impossible host': 'GET / HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n',
  'no protocol at all': Buffer.alloc(4_096, 0xff),
  'a mail with an endless name': `EHLO a\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nMessage-ID: <${'x'.repeat(5_000)}>\r\nSubject: =?utf-8?B?%%%?=\r\n\r\n.\r\n`
}

beforeAll(async () => {
  const key = `pk_test_${Buffer.from('survival-test-0.clerk.accounts.dev$').toString('base64url')}`
  const clerk = await startClerk({
    ...base,
    publishableKey: key,
    secretKey: 'sk_test_x',
    allowedOrigins: []
  })
  const plaid = await startPlaid({ ...base, clientId: 'id', secret: 'secret' })
  const jiko = await startJiko({ ...base, username: 'u', password: 'p', sharedSecret: 's' })
  const mail = await startMail({ ...base, dataDir: dir, smtpPort: 0 })
  running.push(clerk, plaid, jiko, mail)
  Object.assign(ports, {
    clerk: clerk.port,
    plaid: plaid.port,
    jiko: jiko.port,
    mail: mail.port,
    smtp: mail.smtpPort
  })
})
afterAll(async () => {
  for (const each of running) await each.close()
  rmSync(dir, { recursive: true, force: true })
})

/** Sends and disconnects: at once, or at the first response. */
const abuse = (port: number, bytes: string | Buffer, patient: boolean) =>
  new Promise<void>((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.once('close', () => done())
    if (patient) socket.on('data', () => socket.end())
    socket.write(bytes, () => (patient ? socket.end() : socket.resetAndDestroy()))
  })

test('an emulator survives any client behaviour', async () => {
  for (const bytes of Object.values(ABUSE))
    for (const patient of [true, false])
      await Promise.all(Object.values(ports).map((port) => abuse(port, bytes, patient)))
  for (const name of ['clerk', 'plaid', 'jiko', 'mail']) {
    const answer = await fetch(`http://127.0.0.1:${ports[name]}/_sandbox/health`)
    expect([name, answer.status]).toEqual([name, 200])
  }
})

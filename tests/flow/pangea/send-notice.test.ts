import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { advanceClock } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import { startMail } from '@/sandbox/mail'
import { auditOf, linkThrough, relinkThrough } from '@/tests/support/connections'
import { openWorld, type World } from '@/tests/support/world'

type Mailbox = Awaited<ReturnType<typeof startMail>>
type Kept = { to: string[]; subject: string; text: string; id: string }

let world: World
let mailbox: Mailbox
beforeAll(async () => {
  mailbox = await startMail({ port: 0, smtpPort: 0, dataDir: null })
  Object.assign(process.env, { MAIL_URL: `smtp://127.0.0.1:${mailbox.smtpPort}`, MAIL_FROM: 'Pangea <no-reply@pangea.example>' })
  Reflect.deleteProperty(globalThis, Symbol.for('pangea.mail'))
  world = await openWorld()
})
afterAll(async () => {
  await world.close()
  await mailbox.close()
  for (const name of ['MAIL_URL', 'MAIL_FROM']) Reflect.deleteProperty(process.env, name)
})
const press = (path: string) => fetch(`${mailbox.url}/_sandbox${path}`, { method: 'POST' })
afterEach(() => press('/mode/take'))

const mailsTo = async (userId: string): Promise<Kept[]> => {
  const { mails } = (await (await fetch(`${mailbox.url}/_sandbox/ledger`)).json()) as { mails: Kept[] }
  const { users } = (await world.control('clerk', '/ledger')) as { users: { id: string; email: string }[] }
  const email = users.find(({ id }) => id === userId)?.email ?? ''
  return mails.filter(({ to }) => to.includes(email))
}

async function linked() {
  const someone = await world.person()
  const connection = await linkThrough(world, someone)
  await world.settle()
  return { someone, ...connection }
}
const trouble = async (itemId: string) => {
  await world.control('plaid', `/items/${itemId}/reset-login`, {})
  await world.settle()
}

describe('a bank that needs its person', () => {
  test('is told by one mail that names the bank and the way to mend it, and nothing else of theirs', async () => {
    const { someone, itemId, connectionId } = await linked()
    expect(await mailsTo(someone.userId)).toEqual([])
    await trouble(itemId)
    const [mail, ...more] = await mailsTo(someone.userId)
    expect(more).toEqual([])
    expect(mail?.subject).toContain('First Platypus Bank')
    expect(mail?.text).toContain(`${process.env.APP_URL}/connections`)
    expect(mail?.text.replaceAll(process.env.APP_URL ?? '', '')).not.toMatch(/[$\d]|access-|user_/)
    expect(await auditOf(world, someone)).toContain('notice.sent')
    for (let n = 0; n < 3; n++) {
      advanceClock(25 * 3_600_000)
      await DataService.storeItemStatus({ kind: 'system', reason: 'test' }, connectionId, { status: 'bad', errorType: 'ITEM_ERROR', errorCode: `AGAIN_${n}` })
      await world.settle()
    }
    expect(await mailsTo(someone.userId), 'the same trouble under other names').toHaveLength(1)
  })

  test('is told again when it is mended and trouble begins anew, though not twice within a day', async () => {
    const { someone, itemId, connectionId } = await linked()
    await trouble(itemId)
    await relinkThrough(world, someone, connectionId)
    await trouble(itemId)
    expect(await mailsTo(someone.userId)).toHaveLength(1)
    await relinkThrough(world, someone, connectionId)
    advanceClock(25 * 3_600_000)
    await trouble(itemId)
    expect(await mailsTo(someone.userId)).toHaveLength(2)
  })

  test('is told to nobody who does not want it, and to nobody for whom it is over by then', async () => {
    const { someone, itemId } = await linked()
    await PangeaService.savePreferences(someone, { emailNotices: false })
    await trouble(itemId)
    expect(await mailsTo(someone.userId)).toEqual([])
    const other = await linked()
    await press('/mode/later')
    await trouble(other.itemId)
    await relinkThrough(world, other.someone, other.connectionId)
    await press('/mode/take')
    advanceClock(60_000)
    await world.settle()
    expect(await mailsTo(other.someone.userId)).toEqual([])
    expect(await world.storage.rows('select status, code from notices where user_id = $1', [other.someone.userId])).toEqual([
      { status: 'completed', code: 'OVER' }
    ])
  })

  test('waits for a mail server that asks to come again, and gives up where it says no', async () => {
    const { someone, itemId } = await linked()
    await press('/mode/later')
    await trouble(itemId)
    expect(await world.storage.rows('select status, service, code, attempts from notices where user_id = $1', [someone.userId])).toEqual([
      { status: 'pending', service: 'mail', code: 'UNREACHABLE', attempts: 1 }
    ])
    await press('/mode/take')
    advanceClock(60_000)
    await world.settle()
    expect(await mailsTo(someone.userId)).toHaveLength(1)

    const other = await linked()
    await press('/mode/refuse')
    await trouble(other.itemId)
    expect(await world.storage.rows('select status, code from notices where user_id = $1', [other.someone.userId])).toEqual([
      { status: 'failed', code: 'REFUSED' }
    ])
  })

  test('is told once more under the same id where the answer to a mail was lost', async () => {
    const { someone, itemId } = await linked()
    await trouble(itemId)
    await world.storage.rows(`update notices set status = 'in_progress', lease_until = now() - interval '1 minute' where user_id = $1`, [someone.userId])
    await world.settle()
    expect(await mailsTo(someone.userId)).toHaveLength(1)
  })
})

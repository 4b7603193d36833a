import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import { startMail } from '@/sandbox/mail'
import {
  auditActionsOf,
  controlItem,
  linkedUser,
  relinkBankThroughLink
} from '@/tests/support/connections'
import { resetSingletons } from '@/tests/support/environment'
import { openWorld, type World } from '@/tests/support/world'

type Linked = Awaited<ReturnType<typeof linkedUser>>
type Mailbox = Awaited<ReturnType<typeof startMail>>
type Kept = { to: string[]; subject: string; text: string; id: string }

let world: World
let mailbox: Mailbox
beforeAll(async () => {
  mailbox = await startMail({ port: 0, smtpPort: 0, dataDir: null })
  Object.assign(process.env, {
    MAIL_URL: `smtp://127.0.0.1:${mailbox.smtpPort}`
  })
  resetSingletons('mail')
  world = await openWorld()
})
afterAll(async () => {
  await world.close()
  await mailbox.close()
  Reflect.deleteProperty(process.env, 'MAIL_URL')
})
const press = (path: string) => fetch(`${mailbox.url}/_sandbox${path}`, { method: 'POST' })
afterEach(() => press('/mode/take'))

const mailsTo = async (userId: string): Promise<Kept[]> => {
  const { mails } = (await (await fetch(`${mailbox.url}/_sandbox/ledger`)).json()) as {
    mails: Kept[]
  }
  const { users } = (await world.control('clerk', '/ledger')) as {
    users: { id: string; email: string }[]
  }
  const email = users.find(({ id }) => id === userId)?.email ?? ''
  return mails.filter(({ to }) => to.includes(email))
}

const trouble = (itemId: string) => controlItem(world, itemId, 'reset-login')

describe('a bank that needs a new login', () => {
  test('causes one mail with the bank’s name and the fix, and no other data', async () => {
    const { user, itemId, connectionId } = await linkedUser(world)
    expect(await mailsTo(user.userId)).toEqual([])
    await trouble(itemId)
    const [mail, ...more] = await mailsTo(user.userId)
    expect(more).toEqual([])
    expect(mail?.subject).toContain('First Platypus Bank')
    expect(mail?.text).toContain(`${process.env.APP_URL}/connections`)
    expect(mail?.text.replaceAll(process.env.APP_URL ?? '', '')).not.toMatch(/[$\d]|access-|user_/)
    expect(await auditActionsOf(world, user)).toContain('notice.sent')
    for (let n = 0; n < 3; n++) {
      advanceClock(25 * 3_600_000)
      await DataService.saveItemStatus(systemActor('test'), connectionId, {
        status: 'bad',
        errorType: 'ITEM_ERROR',
        errorCode: `AGAIN_${n}`
      })
      await world.settle()
    }
    expect(await mailsTo(user.userId), 'the same trouble under other names').toHaveLength(1)
  })

  test('causes a new mail after a repair and a new failure, but not twice within a day', async () => {
    const { user, itemId, connectionId } = await linkedUser(world)
    await trouble(itemId)
    await relinkBankThroughLink(world, user, connectionId)
    await trouble(itemId)
    expect(await mailsTo(user.userId)).toHaveLength(1)
    await relinkBankThroughLink(world, user, connectionId)
    advanceClock(25 * 3_600_000)
    await trouble(itemId)
    expect(await mailsTo(user.userId)).toHaveLength(2)
  })

  test('causes no mail for a user who opted out', async () => {
    const { user, itemId } = await linkedUser(world)
    await PangeaService.savePreferences(user, { emailNotices: false })
    await trouble(itemId)
    expect(await mailsTo(user.userId)).toEqual([])
  })

  test.each<[string, string, (bank: Linked) => Promise<unknown>]>([
    [
      'the user signed in again',
      'reset-login',
      ({ user, connectionId }) => relinkBankThroughLink(world, user, connectionId)
    ],
    [
      'an announced end was called off elsewhere',
      'fire/PENDING_DISCONNECT',
      ({ itemId }) => controlItem(world, itemId, 'repair')
    ]
  ])('causes no mail when it is obsolete by then, because %s', async (_, begins, end) => {
    const bank = await linkedUser(world)
    await press('/mode/later')
    await controlItem(world, bank.itemId, begins)
    await end(bank)
    await press('/mode/take')
    advanceClock(60_000)
    await world.settle()
    expect(await mailsTo(bank.user.userId)).toEqual([])
    expect(
      await world.storage.rows('select status, code from notices where user_id = $1', [
        bank.user.userId
      ])
    ).toEqual([{ status: 'completed', code: 'OVER' }])
  })

  test('causes a mail even if one about it was dropped a moment ago', async () => {
    const { user, itemId, connectionId } = await linkedUser(world)
    await press('/mode/later')
    await trouble(itemId)
    await relinkBankThroughLink(world, user, connectionId)
    await press('/mode/take')
    advanceClock(60_000)
    await world.settle()
    expect(await mailsTo(user.userId)).toEqual([])
    await trouble(itemId)
    expect(await mailsTo(user.userId)).toHaveLength(1)
    await world.storage.rows(
      `insert into notices (id, user_id, connection_id, trouble) values (gen_random_uuid(), $1, $2, 'bad')`,
      [user.userId, connectionId]
    )
    await world.settle()
    expect(await mailsTo(user.userId), 'twice within a day').toHaveLength(1)
  })

  test('retries when the mail server asks to, and gives up when it rejects', async () => {
    const { user, itemId } = await linkedUser(world)
    await press('/mode/later')
    await trouble(itemId)
    expect(
      await world.storage.rows(
        'select status, service, code, attempts from notices where user_id = $1',
        [user.userId]
      )
    ).toEqual([{ status: 'pending', service: 'mail', code: 'UNREACHABLE', attempts: 1 }])
    await press('/mode/take')
    advanceClock(60_000)
    await world.settle()
    expect(await mailsTo(user.userId)).toHaveLength(1)

    const other = await linkedUser(world)
    await press('/mode/refuse')
    await trouble(other.itemId)
    expect(
      await world.storage.rows('select status, code from notices where user_id = $1', [
        other.user.userId
      ])
    ).toEqual([{ status: 'failed', code: 'REFUSED' }])
  })

  test('is mailed again under the same id when the server’s response was lost', async () => {
    const { user, itemId } = await linkedUser(world)
    await trouble(itemId)
    await world.storage.rows(
      `update notices set status = 'in_progress', lease_until = now() - interval '1 minute' where user_id = $1`,
      [user.userId]
    )
    await world.settle()
    expect(await mailsTo(user.userId)).toHaveLength(1)
  })
})

import { describe, expect, it } from 'vitest'
import { accountLifespans } from '@/lib/domain/reports/account-lifespans'

type Account = Parameters<typeof accountLifespans>[0][number]
const account = (id: string, more: Partial<Account> = {}): Account => ({
  id,
  connectionId: 'c1',
  type: 'credit',
  subtype: 'credit card',
  currency: 'USD',
  createdAt: '2026-01-01T12:00:00.000Z',
  closedAt: null,
  ...more
})
const lifespans = (...accounts: Account[]) =>
  Object.fromEntries(
    [...accountLifespans(accounts, (at) => at.slice(0, 10))].map(([id, { since, until }]) => [
      id,
      [since, until]
    ])
  )
const OLD = account('old', { closedAt: '2026-03-10T12:00:00.000Z' })
const opened = (day: string, more: Partial<Account> = {}) =>
  account('new', { createdAt: `${day}T12:00:00.000Z`, ...more })

describe('the lifespan of a linked account', () => {
  it('has no start, and ends when the account was closed', () => {
    expect(lifespans(account('open'), OLD)).toEqual({
      open: [null, null],
      old: [null, '2026-03-10']
    })
  })

  it('passes to a replacement on the later of closing and listing', () => {
    expect(lifespans(OLD, opened('2026-03-05'))).toEqual({
      old: [null, '2026-03-10'],
      new: ['2026-03-10', null]
    })
    expect(lifespans(OLD, opened('2026-03-15'))).toEqual({
      old: [null, '2026-03-15'],
      new: ['2026-03-15', null]
    })
  })

  it.each([
    ['2026-02-08', true],
    ['2026-02-07', false],
    ['2026-04-09', true],
    ['2026-04-10', false]
  ])('takes an account listed on %s for the replacement: %s', (day, replaces) => {
    expect(lifespans(OLD, opened(day)).new?.[0] !== null).toBe(replaces)
  })

  it.each<[string, Partial<Account>]>([
    ['at another connection', { connectionId: 'c2' }],
    ['of another type', { type: 'loan' }],
    ['of another subtype', { subtype: null }],
    ['in another currency', { currency: 'EUR' }]
  ])('does not pass to an account %s', (_, more) => {
    expect(lifespans(OLD, opened('2026-03-11', more)).new).toEqual([null, null])
  })

  it('does not pass to an account that existed before, or that was listed at the same time', () => {
    const earlier = account('new', { createdAt: '2025-12-31T12:00:00.000Z' })
    const recent = { ...OLD, createdAt: '2026-03-09T12:00:00.000Z' }
    expect(lifespans(recent, earlier).new).toEqual([null, null])
    const unreplaced = { old: [null, '2026-03-10'], new: [null, null] }
    expect(lifespans(recent, opened('2026-03-08'))).toEqual(unreplaced)
    expect(lifespans(recent, opened('2026-03-09'))).toEqual(unreplaced)
  })

  it('passes to the replacement listed nearest to the closing, and each replaces one account', () => {
    const near = { ...opened('2026-03-11'), id: 'near' }
    const far = { ...opened('2026-03-20'), id: 'far' }
    expect(lifespans(OLD, far, near)).toMatchObject({
      near: ['2026-03-11', null],
      far: [null, null]
    })
    const second = { ...OLD, id: 'second' }
    expect(lifespans(OLD, second, far, near)).toEqual({
      old: [null, '2026-03-11'],
      second: [null, '2026-03-20'],
      near: ['2026-03-11', null],
      far: ['2026-03-20', null]
    })
  })

  it('of a replacement ends when that is replaced in turn', () => {
    const between = {
      ...opened('2026-03-11'),
      id: 'between',
      closedAt: '2026-05-01T12:00:00.000Z'
    }
    const last = { ...opened('2026-05-02'), id: 'last' }
    const expected = {
      old: [null, '2026-03-11'],
      between: ['2026-03-11', '2026-05-02'],
      last: ['2026-05-02', null]
    }
    expect(lifespans(OLD, between, last)).toEqual(expected)
    expect(lifespans(last, between, OLD)).toEqual(expected)
  })
})

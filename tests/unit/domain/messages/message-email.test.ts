import { describe, expect, test } from 'vitest'
import { MESSAGE_KINDS, type MessageKind } from '@/lib/domain/messages/message'
import { messageEmail } from '@/lib/domain/messages/message-email'
import { emailGroupOf, messageText } from '@/lib/domain/messages/message-rules'
import { textIn } from '@/lib/domain/text/catalogs'

const appUrl = 'https://pangea.example'
const lockUrl = `${appUrl}/lock#token`

describe('the e-mail of a message', () => {
  test.each(MESSAGE_KINDS)('of kind %s has a subject and names the inbox', (kind) => {
    const { subject, text } = messageEmail({ kind, data: {}, appUrl, lockUrl }, textIn('en'))
    expect(subject).toMatch(/^[A-Z][^\n]{5,60}$/)
    expect(text).toContain(`${appUrl}/messages`)
    expect(text).toContain(emailGroupOf(kind) ? `${appUrl}/settings` : 'cannot be switched off')
  })

  test('of something that needs the user leads there', () => {
    const { text } = messageEmail(
      { kind: 'documents_needed', data: {}, appUrl, lockUrl: null },
      textIn('en')
    )
    expect(text.split('\n\n')).toEqual([
      'Hello,',
      'Jiko decides about your application once it has them. You can send photos.',
      `Send documents: ${appUrl}/onboarding`,
      `Your messages: ${appUrl}/messages`,
      `Turn these e-mails off in Settings: ${appUrl}/settings`,
      'Pangea\n'
    ])
  })

  test('greets, says what happened, offers the lock, and ends with the sender', () => {
    const { text } = messageEmail(
      { kind: 'numbers_revealed', data: {}, appUrl, lockUrl },
      textIn('en')
    )
    expect(text.split('\n\n')).toEqual([
      'Hello,',
      'The routing and account number of your Jiko account were shown in full.',
      'If this was you, there is nothing to do.',
      expect.stringContaining(`: ${lockUrl}`),
      `Your messages: ${appUrl}/messages`,
      expect.stringContaining('cannot be switched off'),
      'Pangea\n'
    ])
  })

  test('without a lock has no empty paragraph in its place', () => {
    const { text } = messageEmail(
      { kind: 'transfers_locked', data: {}, appUrl, lockUrl: null },
      textIn('en')
    )
    expect(text.split('\n\n')).toHaveLength(5)
  })

  test('cuts a name to 80 characters, without spaces around it', () => {
    const { text } = messageEmail(
      {
        kind: 'new_device',
        data: { device: `  ${'x'.repeat(80)}y ` },
        appUrl,
        lockUrl: null
      },
      textIn('en')
    )
    expect(text).toContain(`used in ${'x'.repeat(80)} that`)
  })

  test('names no bank if none is known', () => {
    const { text } = messageEmail(
      {
        kind: 'counterparty_added',
        data: { bank: null },
        appUrl,
        lockUrl: null
      },
      textIn('en')
    )
    expect(text).toContain('An account at another bank was linked.')
  })

  test('keeps a bank’s name within one line of the mail', () => {
    const { subject, text } = messageEmail(
      {
        kind: 'transfer_sent',
        data: { direction: 'out', bank: 'Bank\r\nBcc: thief@example.com' },
        appUrl,
        lockUrl: null
      },
      textIn('en')
    )
    expect(subject).toBe('Withdrawal confirmed')
    expect(text).toContain('A withdrawal to Bank Bcc: thief@example.com was confirmed.')
  })
})

test.each([
  [lockUrl, true],
  [null, false]
])('the e-mail has a link that locks transfers only if it is given one: %s', (url, offered) => {
  const { text } = messageEmail(
    { kind: 'new_device', data: {}, appUrl, lockUrl: url },
    textIn('en')
  )
  expect(text.includes('This wasn’t me')).toBe(offered)
  expect(text.includes('/lock#')).toBe(offered)
})

test('a message of a kind that this version does not know has a general text', () => {
  expect(messageText({ kind: 'from_the_future' as MessageKind, data: {} }, textIn('en'))).toEqual({
    title: 'Activity in your account',
    text: 'Something changed in your account.'
  })
})

import { describe, expect, test } from 'vitest'
import { connectionEmail } from '@/lib/domain/connections/connection-email'

const appUrl = 'https://pangea.example'

describe('noticeMail', () => {
  test('keeps a bank’s name on the subject line, however it is written', () => {
    const { subject } = connectionEmail({
      institutionName: 'Evil\r\nBcc: everybody@example.com',
      status: 'bad',
      appUrl
    })
    expect(subject).toBe('Evil Bcc: everybody@example.com needs you to sign in again')
  })

  test('matches the bank’s card, and states how often it is sent', () => {
    const revoked = (errorCode: string) =>
      connectionEmail({ institutionName: 'Crédit Test', status: 'revoked', errorCode, appUrl })
    expect(revoked('USER_PERMISSION_REVOKED').text).toContain('sign in again')
    expect(revoked('ITEM_NOT_FOUND')).toMatchObject({
      subject: 'Crédit Test must be linked again',
      text: expect.stringContaining('link the bank again')
    })
    expect(revoked('ITEM_NOT_FOUND').text).toContain('at most one e-mail per bank and day')
  })

  test('says what to do in each state that needs the user', () => {
    const texts = (['bad', 'pending_expiration', 'pending_disconnect', 'revoked'] as const).map(
      (status) => connectionEmail({ institutionName: 'Crédit Test', status, appUrl }).text
    )
    expect(new Set(texts).size).toBe(4)
    for (const text of texts) expect(text).toContain('https://pangea.example/connections')
  })
})

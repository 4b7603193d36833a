import { describe, expect, test } from 'vitest'
import { connectionEmail } from '@/lib/domain/connections/connection-email'
import { textIn } from '@/lib/domain/text/catalogs'

const appUrl = 'https://pangea.example'

describe('the e-mail about a connection', () => {
  test('keeps a bank’s name on the subject line, however it is written', () => {
    const { subject } = connectionEmail(
      {
        institutionName: 'Evil\r\nBcc: everybody@example.com',
        status: 'bad',
        appUrl
      },
      textIn('en')
    )
    expect(subject).toBe('Evil Bcc: everybody@example.com needs you to sign in again')
  })

  test('matches the bank’s card, and states how often it is sent', () => {
    const revoked = (errorCode: string) =>
      connectionEmail(
        { institutionName: 'Crédit Test', status: 'revoked', errorCode, appUrl },
        textIn('en')
      )
    expect(revoked('USER_PERMISSION_REVOKED').text).toContain('sign in again')
    expect(revoked('ITEM_NOT_FOUND')).toMatchObject({
      subject: 'Crédit Test must be linked again',
      text: expect.stringContaining('link the bank again')
    })
    expect(revoked('ITEM_NOT_FOUND').text).toContain('at most one e-mail per bank and day')
  })

  test('says what to do in each state that needs the user', () => {
    const texts = (['bad', 'pending_expiration', 'pending_disconnect', 'revoked'] as const).map(
      (status) =>
        connectionEmail({ institutionName: 'Crédit Test', status, appUrl }, textIn('en')).text
    )
    expect(new Set(texts).size).toBe(4)
    for (const text of texts) expect(text).toContain('https://pangea.example/connections')
  })
})

describe('the text of the e-mail', () => {
  const lines = (institutionName: string, status: 'bad' | 'good' | 'pending_expiration') =>
    connectionEmail({ institutionName, status, errorCode: 'ITEM_NOT_FOUND', appUrl }, textIn('en'))

  test('greets, names the bank, links to its page and is signed', () => {
    const { subject, text } = lines('  Crédit\tTest ', 'bad')
    expect(subject).toBe('Crédit Test needs you to sign in again')
    const paragraphs = text.split('\n\n')
    expect(paragraphs).toHaveLength(5)
    expect([paragraphs[0], paragraphs[4]]).toEqual(['Hello,', 'Pangea\n'])
    expect(paragraphs[1]).toMatch(/attention: Crédit Test\. Pangea cannot read it any more/)
  })

  test('cuts a very long name, and works without one', () => {
    expect(lines('x'.repeat(200), 'bad').subject).toBe(
      `${'x'.repeat(80)} needs you to sign in again`
    )
    expect(lines(' \n ', 'bad').subject).toBe('your bank needs you to sign in again')
  })

  test('has a sentence for a status that rarely needs the user', () => {
    expect(lines('Test', 'good').text).toContain('cannot read it right now')
  })

  test('asks to link again only if access was withdrawn and the Item is gone', () => {
    expect(lines('Test', 'pending_expiration').subject).toBe('Test needs you to sign in again')
  })
})

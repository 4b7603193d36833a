import { describe, expect, test } from 'vitest'
import { noticeMail } from '@/lib/domain/notice'

const appUrl = 'https://pangea.example'

describe('noticeMail', () => {
  test('keeps a bank’s name on the line of the subject, however it is written', () => {
    const { subject } = noticeMail({ institutionName: 'Evil\r\nBcc: everybody@example.com', status: 'bad', appUrl })
    expect(subject).toBe('Evil Bcc: everybody@example.com needs you to sign in again')
  })

  test('says what to do in each state that needs the person', () => {
    const texts = (['bad', 'pending_expiration', 'pending_disconnect', 'revoked'] as const).map(
      (status) => noticeMail({ institutionName: 'Crédit Test', status, appUrl }).text
    )
    expect(new Set(texts).size).toBe(4)
    for (const text of texts) expect(text).toContain('https://pangea.example/connections')
  })
})

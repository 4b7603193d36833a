import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { HANDLED_WEBHOOKS, parseWebhook } from '@/lib/services/plaid/webhook'

type Row = { type: string; code: string; effect: string; then: string }

const table: Row[] = readFileSync('docs/contracts/plaid-webhooks.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| [A-Z_]+ \| [A-Z_]+ \|/.test(line))
  .map((line) => {
    const [type = '', code = '', effect = '', then = ''] = line
      .split('|')
      .slice(1, 5)
      .map((cell) => cell.trim())
    return { type, code, effect, then }
  })

describe('the table of webhooks in docs/contracts/plaid-webhooks.md', () => {
  it('lists every code that has an effect here, once, and no other', () => {
    expect(table.map(({ type, code }) => `${type} ${code}`).sort()).toEqual(
      [...HANDLED_WEBHOOKS].sort()
    )
  })

  for (const { type, code, effect, then } of table) {
    it(`${type} ${code}: ${effect}`, () => {
      const read = parseWebhook(
        Buffer.from(
          JSON.stringify({
            webhook_type: type,
            webhook_code: code,
            item_id: 'item',
            account_id: 'account',
            link_token: 'link'
          })
        )
      )
      expect(read?.effects).toHaveLength(1)
      expect(read?.effects[0]).toMatchObject(
        effect === 'ignore'
          ? { kind: 'ignore', reason: then }
          : { kind: effect, ...(type === 'LINK' ? {} : { plaidItemId: 'item' }) }
      )
    })
  }
})

import { renderToString } from 'react-dom/server'
import { expect, it } from 'vitest'
import { VirtualRows } from '@/components/transactions/virtual-rows'
import type { WireTransaction } from '@/lib/api/answers'

const items = Array.from(
  { length: 1_000 },
  (_, n): WireTransaction => ({
    id: `id-${n}`,
    accountId: 'a',
    accountName: 'Checking',
    amount: { minor: '-100', currency: 'USD' },
    date: '2026-03-01',
    authorizedOn: null,
    name: `Payment ${n}`,
    merchantName: null,
    category: null,
    categoryDetailed: null,
    kind: 'spending',
    paymentChannel: null,
    accountMask: null,
    institutionName: 'Bank',
    pending: false,
    note: null,
    tags: [],
    addedAt: '2026-03-01T00:00:00.000Z',
    part: null
  })
)
const nothing = () => {}
const acts = { onToggle: nothing, onOpen: nothing, onEdit: nothing, onSight: nothing, onEnd: nothing }

it('of a list of a thousand the server draws a screenful, under its day, with one line for Tab', () => {
  const html = renderToString(<VirtualRows pieces={[items]} items={items} byDay more={false} isFresh={() => false} isSelected={() => false} {...acts} />)
  const drawn = html.match(/data-transaction/g)?.length ?? 0
  expect(drawn).toBeGreaterThan(10)
  expect(drawn).toBeLessThan(50)
  expect(html).toContain('<h2')
  expect(html.match(/tabindex="0"/gi)).toHaveLength(2)
})

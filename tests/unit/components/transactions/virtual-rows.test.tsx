import { renderToString } from 'react-dom/server'
import { expect, it } from 'vitest'
import { VirtualList } from '@/components/transactions/virtual-list'
import { transactionFixture } from '@/tests/support/fixtures/api'

const items = Array.from({ length: 1_000 }, (_, n) => transactionFixture(n))
const nothing = () => {}
const acts = {
  onToggle: nothing,
  onOpen: nothing,
  onEdit: nothing,
  onCategorize: nothing,
  onVisibleRange: nothing,
  onEndReached: nothing
}

it('of a thousand rows the server renders a screenful, grouped by day, with one tab stop', () => {
  const html = renderToString(
    <VirtualList
      pages={[items]}
      items={items}
      byDay
      hasMore={false}
      isNew={() => false}
      isSelected={() => false}
      {...acts}
    />
  )
  const drawn = html.match(/data-transaction/g)?.length ?? 0
  expect(drawn).toBeGreaterThan(10)
  expect(drawn).toBeLessThan(50)
  expect(html).toContain('<h2')
  expect(html).toMatch(/<button[^>]*aria-label="[^"]+, −?\$[\d.,]+, \w{3} \d/)
  // The name, the checkbox, and the category, which a narrow and a wide list place differently.
  expect(html.match(/tabindex="0"/gi)).toHaveLength(4)
})

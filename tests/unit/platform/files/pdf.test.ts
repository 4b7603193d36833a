import { expect, test } from 'vitest'
import { createPdf } from '@/lib/platform/files/pdf'

test('a PDF page has its objects where its table says, and its words in order', () => {
  const file = Buffer.from(createPdf('A (title)', ['first \\ line', 'second – line'])).toString(
    'latin1'
  )
  expect(file.startsWith('%PDF-1.4\n')).toBe(true)
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file)?.[1])
  expect(file.slice(start, start + 5)).toBe('xref\n')
  const offsets = [...file.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) =>
    Number(offset)
  )
  expect(offsets.map((offset) => file.slice(offset, offset + 7))).toEqual(
    [1, 2, 3, 4, 5, 6].map((n) => `${n} 0 obj`)
  )
  const stream = /<< \/Length (\d+) >>\nstream\n([\s\S]*)\nendstream/.exec(file)
  expect(stream?.[2]).toHaveLength(Number(stream?.[1]))
  expect([...file.matchAll(/\(((?:\\.|[^)])*)\) Tj/g)].map(([, words]) => words)).toEqual([
    'A \\(title\\)',
    'first \\\\ line',
    'second - line'
  ])
})

test('a link is a line of text under an area that opens its address', () => {
  const url = 'https://app.example/page#a(b)'
  const file = Buffer.from(createPdf('Title', ['first', { text: 'Open', url }])).toString('latin1')
  expect(file).toContain('(Open) Tj')
  expect(file).toContain('/A << /S /URI /URI (https://app.example/page#a\\(b\\)) >>')
  expect(file.match(/\/Subtype \/Link/g)).toHaveLength(1)
  // The second line is at 672 points.
  expect(file).toMatch(/\/Rect \[54 662 \d+(\.\d+)? 692\]/)
})

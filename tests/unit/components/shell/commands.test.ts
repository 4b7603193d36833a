import { describe, expect, it } from 'vitest'
import { findCommands } from '@/components/shell/palette/commands'
import { textIn } from '@/lib/domain/text/catalogs'

type Sources = Parameters<typeof findCommands>[1]

const account = {
  id: '0b8f7a52-9f0e-4a4b-8a53-3f6f6e4b5a10',
  name: 'Everyday checking',
  mask: '0000',
  institutionName: 'First Platypus Bank'
}
const row = (merchantName: string | null, name: string) => ({ merchantName, name })
const sources = {
  accounts: [account],
  found: [
    row('Starbucks', 'STARBUCKS 1'),
    row('Starbucks', 'STARBUCKS 2'),
    row(null, 'STAR MARKET')
  ]
} as unknown as Sources

const labels = (text: string) => findCommands(text, sources, textIn('en')).map(({ label }) => label)

describe('the command palette', () => {
  it('lists pages and actions while nothing is typed', () => {
    expect(labels('')).toEqual(expect.arrayContaining(['Dashboard', 'Settings', 'Add a bank']))
    expect(labels('')).not.toContain('Everyday checking •••• 0000')
  })

  it('finds an account by its bank, and opens its transactions', () => {
    expect(findCommands('platypus check', sources, textIn('en'))[0]).toMatchObject({
      label: 'Everyday checking •••• 0000',
      href: `/transactions?account=${account.id}`
    })
  })

  it('lists each merchant once, with a readable name', () => {
    expect(labels('star')).toEqual(['Starbucks', 'Star Market', 'Search transactions for “star”'])
    expect(findCommands('star', sources, textIn('en'))[1]?.href).toBe(
      '/transactions?merchant=star+market'
    )
  })

  it('searches the transactions for any text', () => {
    expect(findCommands(' lisbon ', sources, textIn('en'))).toEqual([
      {
        group: 'Actions',
        label: 'Search transactions for “lisbon”',
        href: '/transactions?q=lisbon'
      }
    ])
  })
})

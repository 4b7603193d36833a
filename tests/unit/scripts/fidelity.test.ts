import { expect, it } from 'vitest'
import { differentTypes, missingFields } from '@/scripts/fidelity/compare'
import { differencesOf, scoreOf, tableOf } from '@/scripts/fidelity/score'

it('finds a missing field at any depth, in any element of a list', () => {
  const recorded = { item: { id: 'a', webhook: '' }, accounts: [{ id: 1 }, { id: 2, mask: '0' }] }
  const answer = { item: { id: 'b' }, accounts: [{ id: 9 }] }
  expect(missingFields(recorded, answer)).toEqual(['item.webhook', 'accounts[].mask'])
})

it('does not compare what an answer has empty or null', () => {
  expect(
    missingFields({ error: { code: 'A' }, list: [{ id: 1 }] }, { error: null, list: [] })
  ).toEqual([])
})

it('names a field of another type, but not one that is null or was blanked by the recorder', () => {
  const recorded = { amount: 1, name: 'a', at: '%%DATETIME 1%%', note: null }
  expect(differentTypes(recorded, { amount: '1', name: null, at: 5, note: 'x' })).toEqual([
    'amount: string, recorded number'
  ])
})

it('counts a call as right without a difference in any check', () => {
  const call = { vendor: 'plaid' as const, endpoint: '/item/get', source: 'a.json' }
  const calls = [
    { ...call, checks: { status: [], fields: [] } },
    { ...call, checks: { status: ['400, recorded 200'] } }
  ]
  expect(scoreOf(calls)).toBe(50)
  expect(tableOf(calls)).toContain('| /item/get | 1/2 | 1/2 | – | 1/1 | – | – |')
  expect(differencesOf(calls)).toEqual([
    '/item/get status: 400, recorded 200 (1×, first in a.json)'
  ])
})

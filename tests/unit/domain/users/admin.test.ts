import { expect, test } from 'vitest'
import { summarizeKeys } from '@/lib/domain/users/admin'

test('an encryption key shows its values by table, and whether it can be removed', () => {
  const counts = [
    { table: 'quarantine', keyId: 'k3', values: 1 },
    { table: 'quarantine', keyId: 'k2', values: 2 },
    { table: 'own_assets', keyId: 'k2', values: 3 },
    { table: 'own_assets', keyId: 'lost', values: 4 }
  ]
  expect(summarizeKeys(['k3', 'k2', 'k1'], counts)).toEqual([
    { keyId: 'k3', state: 'newest', values: 1, tables: { quarantine: 1 } },
    { keyId: 'k2', state: 'in_use', values: 5, tables: { quarantine: 2, own_assets: 3 } },
    { keyId: 'k1', state: 'unused', values: 0, tables: {} },
    { keyId: 'lost', state: 'missing', values: 4, tables: { own_assets: 4 } }
  ])
})

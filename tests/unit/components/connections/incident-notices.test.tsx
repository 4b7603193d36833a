// @vitest-environment jsdom

import { expect, test } from 'vitest'
import { IncidentList } from '@/components/admin/incident-list'
import { IncidentNotices } from '@/components/connections/incident-notices'
import type { Incident } from '@/lib/domain/health/incident'
import { render, screen } from '@/tests/unit/components/render'

const incident = (more: Partial<Incident> = {}): Incident => ({
  service: 'plaid',
  institutionId: 'ins_platypus',
  name: 'First Platypus Bank',
  kind: 'errors',
  cause: 'institution',
  since: '2026-03-04T10:40:00Z',
  ...more
})

test('users of a bank that has problems are told its name and since when', () => {
  render(<IncidentNotices incidents={[incident()]} institutionIds={['ins_platypus']} />)
  expect(screen.getByText('First Platypus Bank is having problems')).toBeTruthy()
  expect(screen.getByText(/^Since/).querySelector('time')?.dateTime).toBe('2026-03-04T10:40:00Z')
})

test.each([
  ['users of other banks', [incident()], ['ins_other']],
  ['users without a bank', [incident({ institutionId: null, name: null })], []],
  ['anybody about a fault of our own', [incident({ cause: 'us' })], ['ins_platypus']],
  ['anybody about Jiko', [incident({ service: 'jiko', institutionId: null })], ['ins_platypus']]
])('nothing is said to %s', (_, incidents, institutionIds) => {
  const { container } = render(
    <IncidentNotices incidents={incidents} institutionIds={institutionIds} />
  )
  expect(container.textContent).toBe('')
})

test('admins see the cause of each incident', () => {
  render(
    <IncidentList
      incidents={[incident(), incident({ institutionId: null, name: null, cause: 'vendor' })]}
    />
  )
  expect(screen.getByText('Cause: the bank')).toBeTruthy()
  expect(screen.getByText('Plaid')).toBeTruthy()
  expect(screen.getByText('Cause: the service')).toBeTruthy()
})

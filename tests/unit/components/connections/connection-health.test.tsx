import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ConnectionAlerts } from '@/components/connections/connection-alerts'
import type { ConnectionResponse } from '@/lib/api/responses'
import type { ItemStatus } from '@/lib/domain/connections/connection'
import { connectionFixture } from '@/tests/support/fixtures/api'
import { WithTexts } from '@/tests/unit/components/with-texts'

const bank = (name: string, status: ItemStatus) =>
  connectionFixture(status, { name: `${name} Bank`, id: name })
const shown = (...items: ConnectionResponse[]) =>
  renderToStaticMarkup(
    <WithTexts>
      <ConnectionAlerts connections={{ items, next: null }} />
    </WithTexts>
  ).replace(/<svg.*?<\/svg>/g, '')
const links = (html: string) =>
  [...html.matchAll(/href="\/connections#(\w+)"[^>]*>(.*?)<\/a>/g)].map(([, id, text]) => [
    id,
    text?.replace(/<[^>]+>/g, '')
  ])

test('a bank that needs a new login is explained, with a link that names it; a healthy one is not shown', () => {
  const html = shown(bank('Ash', 'bad'), bank('Elm', 'good'), bank('Oak', 'error'))
  expect(html).toContain('Ash Bank: sign-in needed')
  expect(html).toContain('Your bank needs you to sign in again.')
  expect(links(html)).toEqual([
    ['Ash', 'Sign in again: Ash Bank'],
    ['Oak', 'See this bank: Oak Bank']
  ])
  expect(html).not.toContain('Elm')
})

test('three or more are one notice, to save space on a phone', () => {
  const html = shown(
    bank('Ash', 'bad'),
    bank('Elm', 'pending_disconnect'),
    bank('Oak', 'error'),
    bank('Fir', 'good')
  )
  expect(html).toContain('3 of your banks need attention')
  expect(links(html)).toEqual([
    ['Ash', 'Ash Bank'],
    ['Elm', 'Elm Bank'],
    ['Oak', 'Oak Bank']
  ])
  for (const label of ['sign-in needed', 'access ends soon', 'bank not answering'])
    expect(html).toContain(label)
})

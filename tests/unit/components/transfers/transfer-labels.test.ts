import { describe, expect, test } from 'vitest'
import { transferLabels } from '@/components/transfers/transfer-labels'
import { textIn } from '@/lib/domain/text/catalogs'
import {
  REFUSAL_REASONS,
  TRANSFER_STATES,
  type TransferState
} from '@/lib/domain/transfers/transfer'

const about = (
  direction: 'in' | 'out',
  state: TransferState,
  more: { returnCode?: string; settledAt?: string; refusedFor?: string } = {}
) =>
  transferLabels(
    {
      direction,
      state,
      returnCode: null,
      refusedFor: null,
      settlesOn: '2026-11-24',
      settledAt: null,
      bank: { name: 'First Bank', mask: '0000' },
      ...more
    },
    textIn('en'),
    (on) => on
  )

describe('a transfer’s description', () => {
  test('exists for every state and direction, without Jiko’s terms', () => {
    for (const state of TRANSFER_STATES)
      for (const direction of ['in', 'out'] as const) {
        const { label, description: meaning } = about(direction, state)
        expect(label).toMatch(/^[A-Z][A-Za-z ]+$/)
        expect(meaning).toMatch(/\.$/)
        expect(`${label} ${meaning}`).not.toMatch(/[A-Z]{3,}_|undefined|null/)
      }
  })

  test('tells where the money is after a return', () => {
    expect(about('in', 'returned', { returnCode: 'R01' }).description).toBe(
      'First Bank sent it back because there was not enough money in that account (R01). Your Jiko balance did not change.'
    )
    expect(
      about('in', 'returned', { returnCode: 'R10', settledAt: '2026-11-20T12:00:00Z' }).description
    ).toContain('taken out of your account here again')
    expect(about('out', 'returned', { returnCode: 'R02' }).description).toContain(
      'It is in your account here again'
    )
  })

  test('does not deny a movement that did happen', () => {
    for (const state of ['rejected', 'canceled'] as const) {
      expect(about('in', state, { settledAt: '2026-11-20T12:00:00Z' })).toMatchObject({
        label: 'Sent back',
        description: expect.stringContaining('taken out of your account here again')
      })
      expect(about('in', state).description).not.toContain('No money was moved')
    }
  })

  test('gives Jiko’s reason for a refusal, when known', () => {
    expect(about('in', 'refused').description).toBe(
      'Jiko did not accept this transfer and gave no reason. No money was moved.'
    )
    for (const refusedFor of REFUSAL_REASONS)
      expect(about('out', 'refused', { refusedFor }).description).toMatch(
        / because .+\. No money was moved\.$/
      )
  })

  test('invents no reason that the bank did not give', () => {
    expect(about('in', 'returned').description).toContain('Jiko does not say why')
    expect(about('in', 'returned', { returnCode: 'R77' }).description).toContain(
      'with the code R77'
    )
    expect(about('out', 'rejected').description).toBe(
      'Jiko declined it and does not say why. The money is in your account again.'
    )
  })
})

import { describe, expect, test } from 'vitest'
import { allDocumentsSent, groupDocuments } from '@/lib/domain/onboarding/documents'

const document = (type: string, status: string) => ({ id: type, type, status, reason: null })

describe('requested documents', () => {
  test('are not all sent when none is requested', () => {
    expect(allDocumentsSent([])).toBe(false)
    expect(groupDocuments([])).toEqual([])
  })

  test('are all sent once each one is under review or approved', () => {
    const sent = document('SELFIE', 'APPROVED')
    expect(allDocumentsSent([sent, document('ADDRESS_VERIFICATION', 'PENDING_REVIEW')])).toBe(true)
    expect(allDocumentsSent([sent, document('ADDRESS_VERIFICATION', 'INVALID')])).toBe(false)
  })

  test('of identity are complete with a passport or both sides of an ID', () => {
    const open = document('ID_FRONT', 'REQUESTED')
    expect(allDocumentsSent([open, document('PASSPORT', 'PENDING_REVIEW')])).toBe(true)
    expect(allDocumentsSent([open, document('ID_BACK', 'PENDING_REVIEW')])).toBe(false)
  })
})

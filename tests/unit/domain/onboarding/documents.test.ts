import { describe, expect, test } from 'vitest'
import {
  allDocumentsSent,
  documentLabel,
  groupDocuments,
  isPng,
  rejectionReason,
  translateReason,
  UPLOAD_TYPE,
  unlistedDocuments
} from '@/lib/domain/onboarding/documents'
import { textIn } from '@/lib/domain/text/catalogs'

const document = (type: string, status: string) => ({ id: type, type, status, reason: null })
const english = textIn('en', 'onboarding')
const typed = (...types: string[]) => types.map((type) => ({ type }))

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

  test.each(['PASSPORT', 'ID_FRONT', 'ID_BACK', 'ID_BARCODE'])(
    'of identity are complete with a passport, so that %s may stay open',
    (type) => {
      expect(
        allDocumentsSent([document(type, 'REQUESTED'), document('PASSPORT', 'PENDING_REVIEW')])
      ).toBe(true)
    }
  )

  test('of identity are complete with both sides of an ID card, and not with one', () => {
    const open = document('PASSPORT', 'REQUESTED')
    const [front, back] = ['ID_FRONT', 'ID_BACK'].map((type) => document(type, 'APPROVED'))
    if (!front || !back) throw new Error('two sides')
    expect(allDocumentsSent([open, front, back])).toBe(true)
    expect(allDocumentsSent([open, front])).toBe(false)
    expect(allDocumentsSent([open, back])).toBe(false)
  })

  test('of another kind are needed even from an identified user', () => {
    expect(
      allDocumentsSent([document('SELFIE', 'REQUESTED'), document('PASSPORT', 'PENDING_REVIEW')])
    ).toBe(false)
  })
})

describe('groups of documents', () => {
  test('list each document under what it proves, in a fixed order, unknown ones last', () => {
    const groups = groupDocuments(
      typed(
        'TAX_FORM',
        'ADDRESS_VERIFICATION',
        'IDENTIFICATION_NUMBER_VERIFICATION',
        'SELFIE',
        'ID_BARCODE',
        'ID_BACK',
        'ID_FRONT',
        'PASSPORT'
      )
    )
    expect(groups.map(({ documents }) => documents.map(({ type }) => type))).toEqual([
      ['PASSPORT', 'ID_FRONT', 'ID_BACK', 'ID_BARCODE'],
      ['SELFIE'],
      ['IDENTIFICATION_NUMBER_VERIFICATION'],
      ['ADDRESS_VERIFICATION'],
      ['TAX_FORM']
    ])
    expect(new Set(groups.map(({ group }) => group.title)).size).toBe(5)
    for (const { group } of groups) expect(group.why).toMatch(/Jiko/)
  })

  test('leave out groups without documents', () => {
    expect(groupDocuments(typed('SELFIE')).map(({ group }) => group.types)).toEqual([['SELFIE']])
  })
})

describe('a document’s label', () => {
  test('uses the front camera for a photo of the user only', () => {
    const types = [
      'PASSPORT',
      'ID_FRONT',
      'ID_BACK',
      'ID_BARCODE',
      'SELFIE',
      'IDENTIFICATION_NUMBER_VERIFICATION',
      'ADDRESS_VERIFICATION'
    ]
    const labels = types.map((type) => documentLabel(type, english))
    expect(labels.map(({ camera }) => camera)).toEqual(
      types.map((type) => (type === 'SELFIE' ? 'user' : 'environment'))
    )
    expect(new Set(labels.map(({ name }) => name)).size).toBe(types.length)
    for (const { hint } of labels) expect(hint).not.toMatch(/whole document/)
    expect(documentLabel('PASSPORT', english).name).toBe('Passport')
  })

  test('is derived from the type if Jiko requests a new one', () => {
    expect(documentLabel('PROOF_OF_VISA', english)).toEqual({
      name: 'Proof of visa',
      hint: expect.stringContaining('whole document'),
      camera: 'environment'
    })
  })
})

describe('a document that only a flag asks for', () => {
  const TYPES = ['ID_FRONT', 'SELFIE']

  test('is to be uploaded under its type', () => {
    expect(unlistedDocuments([], TYPES)).toEqual(
      TYPES.map((type) => ({ id: type, type, status: 'PENDING_UPLOAD', reason: null }))
    )
  })

  test('is not asked for while Jiko’s list asks for one of its kind', () => {
    expect(unlistedDocuments([document('SELFIE', 'REQUESTED')], TYPES)).toEqual([])
  })

  test('is asked for beside other requests, and not if it was sent', () => {
    const types = (listed: ReturnType<typeof document>[]) =>
      unlistedDocuments(listed, TYPES).map(({ type }) => type)
    expect(types([document('ADDRESS_VERIFICATION', 'REQUESTED')])).toEqual(TYPES)
    expect(types([document('SELFIE', 'APPROVED')])).toEqual(['ID_FRONT'])
  })

  test('of identity is not asked for from an identified user', () => {
    const listed = [document('PASSPORT', 'APPROVED'), document('ADDRESS_VERIFICATION', 'INVALID')]
    expect(unlistedDocuments(listed, TYPES).map(({ type }) => type)).toEqual(['SELFIE'])
  })
})

describe('the reason of a rejection', () => {
  test.each([
    ['DOCUMENT_EXPIRED', /no longer valid/],
    ['GLARE', /reflection/],
    ['reflection', /reflection/],
    ['BLURRY', /blurred/],
    ['OUT_OF_FOCUS', /blurred/],
    ['CUT_OFF', /four corners/],
    ['CUTOFF', /four corners/],
    ['CROPPED', /four corners/],
    ['MISSING_CORNER', /four corners/],
    ['LOW_QUALITY', /good light, close/],
    ['TOO_DARK', /good light, close/],
    ['RESOLUTION', /good light, close/],
    ['NAME_DIFFERS', /does not match/],
    ['MISMATCH', /does not match/],
    ['NO_MATCH', /does not match/],
    ['DOCUMENT_TYPE', /not the document/],
    ['UNSUPPORTED', /not the document/],
    ['WRONG_SIDE', /not the document/],
    ['A_REASON_OF_TOMORROW', /could not use this one/],
    [null, /could not use this one/]
  ])('%s says how to fix it', (reason, text) => {
    expect(rejectionReason(reason)).toMatch(text)
  })

  test('is read in the user’s language, and one that we do not know stays as it is', () => {
    const spanish = textIn('es', 'onboarding')
    for (const code of ['GLARE', 'A_REASON_OF_TOMORROW'])
      expect(translateReason(rejectionReason(code), spanish)).toMatch(/^(Un reflejo|Jiko no pudo)/)
    expect(translateReason('Too old.', spanish)).toBe('Too old.')
  })
})

describe('an upload', () => {
  const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

  test('is a PNG if it starts with all eight bytes of the signature', () => {
    expect(UPLOAD_TYPE).toBe('image/png')
    expect(isPng(Uint8Array.from([...png, 1, 2, 3]))).toBe(true)
    expect(isPng(Uint8Array.from(png.slice(0, 7)))).toBe(false)
    expect(isPng(new Uint8Array())).toBe(false)
    for (const n of png.keys())
      expect(isPng(Uint8Array.from(png.with(n, 0))), `byte ${n}`).toBe(false)
  })
})

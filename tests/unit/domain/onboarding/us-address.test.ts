import { describe, expect, it } from 'vitest'
import { findPostOfficeBox, stateForZip } from '@/lib/domain/onboarding/us-address'

describe('findPostOfficeBox', () => {
  it.each([
    'PO Drawer 5',
    'P.O. Drawer 5',
    'Post Office  Box 5',
    'Post  Office Box 5',
    'Postal Box 5',
    'Box5',
    '#Box 5',
    ' Box 5 ',
    'Box # 5',
    'Box No 5',
    'Box No.5',
    'Box no. 5b',
    'Box 5, Elmira',
    'Box 5 .',
    'Lockbox 5',
    'Lock  Box 5',
    'Callbox 5',
    'Call  Box 5',
    'General Delivery',
    '- General Delivery',
    'General  Delivery 14901',
    'Gen Delivery',
    'Gen. Del.',
    'General Del'
  ])('finds one in "%s"', (line) => {
    expect(findPostOfficeBox(line, null)).toBe('street')
    expect(findPostOfficeBox('12 Elm St', line)).toBe('street2')
  })

  it.each([
    '12 Elder Box 5',
    'Box 12 Canyon Rd',
    'Xbox 5',
    'Box X5',
    'Major General Delivery',
    'General Delivery Road',
    'General Delivery 12 Elm St'
  ])('finds none in "%s"', (line) => {
    expect(findPostOfficeBox(line, null)).toBeNull()
    expect(findPostOfficeBox('12 Elm St', line)).toBeNull()
  })
})

describe('a rural address', () => {
  it.each([
    ['RR 2 Box 15', null, null],
    ['RR 2', 'Box 15', null],
    ['PO Box 5, RR 2 Box 15', null, 'street'],
    ['RR 2 Box 15', 'PO Box 5', 'street2']
  ])('%s, %s: %s', (street, street2, found) =>
    expect(findPostOfficeBox(street, street2)).toBe(found)
  )
})

describe('stateForZip', () => {
  it.each([
    ['00501', 'NY'],
    ['01001', 'MA'],
    ['02799', 'MA'],
    ['19699', 'PA'],
    ['19701', 'DE'],
    ['19999', 'DE'],
    ['34999', 'FL'],
    ['35001', 'AL'],
    ['57799', 'SD'],
    ['58001', 'ND'],
    ['81699', 'CO'],
    ['82001', 'WY'],
    ['99999', 'AK']
  ])('%s is in %s', (zip, state) => expect(stateForZip(zip)).toBe(state))

  it.each(['00401', '57801', '71501', '81701'])('%s is not in use', (zip) =>
    expect(stateForZip(zip)).toBeNull()
  )
})

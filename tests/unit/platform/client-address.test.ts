import { describe, expect, test } from 'vitest'
import { clientNetwork, truncateAddress } from '@/lib/platform/client-address'

describe('truncateAddress', () => {
  test.each([
    ['203.0.113.77', '203.0.113.0'],
    ['::ffff:203.0.113.77', '203.0.113.0'],
    ['2001:db8:85a3:8d3:1319:8a2e:370:7348', '2001:db8:85a3::'],
    ['2001:DB8::1', '2001:db8:0::'],
    ['::1', '0:0:0::'],
    ['2001:db8:1::', '2001:db8:1::']
  ])('of %s is %s', (address, network) => expect(truncateAddress(address)).toBe(network))

  test.each(['', 'localhost', '203.0.113', 'fe80::1%eth0', "1' or '1"])(
    'of %s is null',
    (address) => expect(truncateAddress(address)).toBeNull()
  )
})

test('the client is who the nearest proxy says, not what the client claims', () => {
  const headers = new Headers({ 'x-forwarded-for': '198.51.100.1, 203.0.113.77' })
  expect(clientNetwork(headers)).toBe('203.0.113.0')
  expect(clientNetwork(new Headers())).toBeNull()
})

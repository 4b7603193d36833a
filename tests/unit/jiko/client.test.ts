import { describe, expect, it } from 'vitest'
import { signRequest } from '@/lib/services/jiko/client'

describe('a request signature', () => {
  const key = '3f0c8a52-6d1b-4f27-9a6e-1b2c3d4e5f60'

  it.each([
    ['/api/v1/agreements/', '', 'FDmEdrb4t0kT7+UUs2kadkL3Nxwtbm0MGlWRy4sbLE4='],
    [
      '/api/v1/applications/',
      '{"pocket_name":"Rainy day"}',
      'WquXBxmRS/VIpfWIlUJqrdFGgZV08T7HPo8SX6rXb2I='
    ]
  ])('covers key, path and body of %s', (pathname, body, expected) => {
    expect(signRequest('test-shared-secret-0001', key, pathname, body)).toBe(expected)
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addIntegrity, completeLock } from '@/scripts/complete-lock.mjs'

const lockWith = (packages: Record<string, object>) => ({
  packages: { '': {}, ...packages } as Record<string, Record<string, unknown>>
})

describe('completing the lock file', () => {
  it("adds the missing platform packages, with their platform and the owner's dev mark", () => {
    const lock = lockWith({
      'node_modules/tool': {
        version: '1.0.0',
        dev: true,
        optionalDependencies: {
          '@tool/cli-linux-arm64-musl': '1.0.0',
          '@tool/cli-darwin-x64': '1.0.0'
        }
      }
    })
    expect(completeLock(lock)).toEqual(['@tool/cli-linux-arm64-musl', '@tool/cli-darwin-x64'])
    expect(lock.packages['node_modules/@tool/cli-linux-arm64-musl']).toEqual({
      version: '1.0.0',
      dev: true,
      optional: true,
      os: ['linux'],
      cpu: ['arm64'],
      libc: ['musl']
    })
    expect(lock.packages['node_modules/@tool/cli-darwin-x64']).toEqual({
      version: '1.0.0',
      dev: true,
      optional: true,
      os: ['darwin'],
      cpu: ['x64']
    })
  })

  it('leaves packages alone that are listed beside their owner or above it', () => {
    const lock = lockWith({
      'node_modules/a': { optionalDependencies: { near: '1.0.0', far: '1.0.0' } },
      'node_modules/a/node_modules/near': { version: '1.0.0' },
      'node_modules/far': { version: '1.0.0' }
    })
    expect(completeLock(lock)).toEqual([])
  })

  it('removes download addresses', () => {
    const lock = lockWith({
      'node_modules/a': {
        version: '1.0.0',
        resolved: 'https://somewhere.example/a.tgz',
        integrity: 'sha512-x'
      }
    })
    completeLock(lock)
    expect(lock.packages['node_modules/a']).toEqual({ version: '1.0.0', integrity: 'sha512-x' })
  })

  it('has nothing to do for this project’s lock file', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../package-lock.json'), 'utf8')
    expect(completeLock(JSON.parse(text))).toEqual([])
    expect(text).not.toContain('"resolved"')
  })

  it('looks up the integrity of what was never downloaded, under the real name of an alias', () => {
    const lock = lockWith({
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
      'node_modules/a/node_modules/@b/c': { version: '2.0.0' },
      'node_modules/alias': { name: 'real', version: '3.0.0' }
    })
    expect(addIntegrity(lock, (id) => `sha512-of-${id}`)).toEqual(['@b/c@2.0.0', 'real@3.0.0'])
    expect(lock.packages['node_modules/alias']?.integrity).toBe('sha512-of-real@3.0.0')
  })
})

it('the lock file names an integrity for every package of every platform', () => {
  const lock = JSON.parse(readFileSync(join(process.cwd(), 'package-lock.json'), 'utf8'))
  const entries = Object.entries<{ integrity?: string }>(lock.packages).filter(([path]) => path)
  expect(entries.length).toBeGreaterThan(100)
  expect(entries.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? ''))).toEqual([])
})

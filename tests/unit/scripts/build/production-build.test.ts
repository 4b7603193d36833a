import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { markBuilt, needsBuild } from '@/scripts/stack/production-build'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pangea-build-'))
  mkdirSync(join(root, 'app'))
  mkdirSync(join(root, '.next'))
  writeFileSync(join(root, 'app', 'page.tsx'), 'export default () => null')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const env = {
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'pk_test_one',
  CLERK_SECRET_KEY: 'one',
  PLAID_SECRET: 'one'
}

test('a folder without a build needs one, and with one needs none', () => {
  expect(needsBuild(root, env)).toBe(true)
  markBuilt(root, env)
  expect(needsBuild(root, env)).toBe(false)
})

test('another publishable key of Clerk needs another build', () => {
  markBuilt(root, env)
  expect(needsBuild(root, { ...env, NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'pk_test_two' })).toBe(true)
})

test('a new or removed public value needs another build', () => {
  markBuilt(root, env)
  expect(needsBuild(root, { ...env, NEXT_PUBLIC_CLERK_PROXY_URL: '/__clerk' })).toBe(true)
  expect(needsBuild(root, { CLERK_SECRET_KEY: 'one', PLAID_SECRET: 'one' })).toBe(true)
})

test('secrets are read at run time, so changed ones need no build', () => {
  markBuilt(root, env)
  expect(needsBuild(root, { ...env, CLERK_SECRET_KEY: 'two', PLAID_SECRET: 'two' })).toBe(false)
})

test('a changed, new or removed source file needs another build', () => {
  markBuilt(root, env)
  writeFileSync(join(root, 'app', 'page.tsx'), 'export default () => 1')
  expect(needsBuild(root, env)).toBe(true)
  markBuilt(root, env)
  writeFileSync(join(root, 'app', 'new.tsx'), '')
  expect(needsBuild(root, env)).toBe(true)
  markBuilt(root, env)
  rmSync(join(root, 'app', 'new.tsx'))
  expect(needsBuild(root, env)).toBe(true)
})

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import {
  APP,
  deployedPackages,
  packagesOf,
  writeDeploymentManifest
} from '@/scripts/deployment/packages'
import { CHECKS, TASKS } from '@/scripts/run-task.mjs'
import { SOURCE_ARGS } from '@/scripts/source-args.mjs'

const root = process.cwd()
const { dependencies, devDependencies } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8')
) as Record<'dependencies' | 'devDependencies', Record<string, string>>
const undeclared = (packages: string[]) => packages.filter((name) => !dependencies[name])

/** Every command that is run without the packages of checks. */
const RUNNING = Object.entries<string[]>(TASKS)
  .filter(([name]) => !CHECKS.includes(name))
  .flatMap(([name, [file = '']]) => (file.endsWith('.ts') ? [{ name, file }] : []))

test.each([
  ...RUNNING,
  { name: 'an emulator', file: 'sandbox/run.ts' },
  ...[...APP, 'next.config.mjs', 'postcss.config.mjs'].map((file) => ({ name: 'the app', file }))
])('$name ($file) needs no package of checks', ({ file }) => {
  expect(undeclared(packagesOf(root, [file]))).toEqual([])
})

test('a deployment has neither the emulators’ packages nor those of a build', () => {
  const deployed = deployedPackages(root)
  expect(undeclared(deployed)).toEqual([])
  expect(deployed).toEqual(expect.arrayContaining(['next', 'react', 'plaid', 'pg', 'pino']))
  const absent = ['hono', '@electric-sql/pglite', 'esbuild', 'tailwindcss', 'typescript']
  expect(deployed.filter((name) => absent.includes(name))).toEqual([])
})

test('its manifest has exact versions and everything that these packages need', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pangea-manifest-'))
  writeDeploymentManifest(root, folder)
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'))
  const names = Object.keys(read('package-lock.json').packages)
  expect(read('package.json').dependencies).toEqual(
    Object.fromEntries(deployedPackages(root).map((name) => [name, dependencies[name]]))
  )
  // Of pg and of next.
  expect(names).toEqual(
    expect.arrayContaining(['node_modules/pg-protocol', 'node_modules/styled-jsx'])
  )
  expect(names.filter((path) => devDependencies[path.replace('node_modules/', '')])).toEqual([])
  rmSync(folder, { recursive: true })
})

test('the bill of materials names what a deployment loads', { timeout: 60_000 }, () => {
  const args = [...SOURCE_ARGS, 'scripts/deployment/sbom.ts']
  const { components, metadata } = JSON.parse(
    execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 24 })
  ) as { components: { name: string }[]; metadata: { component: { name: string } } }
  const names = components.map(({ name }) => name)
  expect(metadata.component.name).toBe('pangea')
  expect(names).toEqual(expect.arrayContaining(deployedPackages(root)))
  const absent = ['typescript', 'hono', 'tailwindcss', '@electric-sql/pglite', 'vitest']
  expect(names.filter((name) => absent.includes(name))).toEqual([])
})

describe('reading the packages that modules import', () => {
  let folder = ''
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pangea-packages-'))
    for (const name of ['app', 'components', 'lib', 'xata', 'sandbox', 'scripts'])
      mkdirSync(join(folder, name))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('follows our own modules, also where they are loaded later', () => {
    write('scripts/start.ts', "import { a } from '@/lib/a'\nimport { join } from 'node:path'\n")
    write('lib/a/index.ts', "export const b = () => import('./b')\nimport 'first'\n")
    write('lib/a/b.ts', "import x from '@second/part/of-it'\n")
    write('lib/c.ts', "import 'third'\n")
    expect(packagesOf(folder, ['scripts/start.ts'])).toEqual(['@second/part', 'first'])
  })

  it('leaves out types', () => {
    write('app/page.tsx', "import type { A } from 'types'\nimport { type B, c } from 'values'\n")
    expect(packagesOf(folder, ['app'])).toEqual(['values'])
  })
})

/** Which packages our modules import, and the manifest of those that a deployment contains. */
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { locate } from '@/scripts/complete-lock.mjs'
import { PROGRAMS } from '@/scripts/deployment/bundle'
import { EXTENSION, filesUnder, moduleOf, specifiersOf } from '@/scripts/suites/import-rules'

/** What Next builds. */
export const APP = ['app', 'proxy.ts', 'instrumentation.ts', 'instrumentation.node.ts']
const FOLDERS = ['app', 'components', 'lib', 'xata', 'sandbox', 'scripts']
/** Types are gone when a program runs. */
const TYPE_IMPORT = /^(?:import|export) type (?:\{[^}]*\}|\w+|\* as \w+) from\s'[^'\n]+'/gm

/**
 * @param entries files, or folders with all their files, relative to `root`
 * @returns the packages that these and the modules they import load, in alphabetical order
 */
export function packagesOf(root: string, entries: string[]): string[] {
  const files = new Map(sourceFiles(root).map((file) => [file.replace(EXTENSION, ''), file]))
  const waiting = entries.flatMap((entry) => filesUnder(root, entry))
  const seen = new Set(waiting)
  const packages = new Set<string>()
  for (const file of waiting) {
    const text = readFileSync(join(root, file), 'utf8').replaceAll(TYPE_IMPORT, '')
    for (const specifier of specifiersOf(text)) {
      const module = moduleOf(file, specifier)
      const next = module === null ? undefined : files.get(module)
      if (next && !seen.has(next)) {
        seen.add(next)
        waiting.push(next)
      }
      if (module === null && !/^(node:|#)/.test(specifier)) packages.add(nameOf(specifier))
    }
  }
  return [...packages].sort()
}

const sourceFiles = (root: string): string[] => [
  ...FOLDERS.flatMap((folder) => filesUnder(root, folder)),
  ...readdirSync(root).filter((name) => EXTENSION.test(name))
]

const nameOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

/** The packages that a deployment loads: the app and the commands in `dist`. */
export const deployedPackages = (root: string): string[] =>
  packagesOf(root, [...APP, ...PROGRAMS.map((file) => `scripts/${file}.ts`)])

type Manifest = { dependencies: Record<string, string> } & Record<string, unknown>
type LockEntry = {
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  peerDependenciesMeta?: Record<string, { optional?: boolean }>
}
type Packages = Record<string, LockEntry>

/** Writes package.json and its lock file with the packages of a deployment alone, for npm to read. */
export function writeDeploymentManifest(root: string, folder: string): void {
  const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'))
  const write = (name: string, content: object) =>
    writeFileSync(join(folder, name), JSON.stringify(content))
  const { name, version, license, overrides, dependencies: all } = read('package.json') as Manifest
  const names = deployedPackages(root)
  const dependencies = Object.fromEntries(names.map((one) => [one, all[one]]))
  write('package.json', { name, version, private: true, license, dependencies, overrides })
  const lock = read('package-lock.json') as { packages: Packages }
  // Without dependencies in this entry, npm reads them from package.json.
  const packages = { '': {}, ...reachable(lock.packages, names) }
  write('package-lock.json', { ...lock, packages })
  if (existsSync(join(root, '.npmrc'))) copyFileSync(join(root, '.npmrc'), join(folder, '.npmrc'))
}

/**
 * The entries of these packages and of everything that they need. A peer that nothing else brings
 * along, such as TypeScript for declarations, is no part of a deployment.
 */
function reachable(packages: Packages, names: string[]): Packages {
  const found: Packages = {}
  const waiting = names.map((name) => ({ from: '', name }))
  for (const { from, name } of waiting) {
    const path = locate(packages, from, name)
    const entry = path === null ? undefined : packages[path]
    if (path === null || !entry || found[path]) continue
    found[path] = entry
    const needs = Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
    waiting.push(...needs.map((one) => ({ from: path, name: one })))
  }
  return Object.fromEntries(
    Object.entries(found).map(([path, entry]) => [path, withoutAbsentPeers(found, path, entry)])
  )
}

function withoutAbsentPeers(found: Packages, path: string, entry: LockEntry): LockEntry {
  const { peerDependencies: peers = {}, peerDependenciesMeta: _, ...rest } = entry
  const present = Object.entries(peers).filter(([name]) => locate(found, path, name) !== null)
  return { ...rest, peerDependencies: Object.fromEntries(present) }
}

/**
 * The import rules as one table (docs/architecture.md shows it as a picture), and the check for
 * circular imports.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

const WEB = ['next', '@clerk/nextjs', 'react', 'react-dom', 'swr', 'react-plaid-link']
const STORAGE = ['pg', 'drizzle-orm', '@xata.io/client', '@electric-sql/pglite']
const CLERK = '@clerk/backend'
const PLAID = 'plaid'
/** The brand and the programme. */
const CONFIG = 'pangea.config'

type Layer = {
  name: string
  /** Folders end with a slash. A file belongs to its most specific layer. */
  files: string[]
  /** Our folders and modules that it may import, besides its own. */
  may: string[]
  /** Packages it must not import. */
  never: string[]
  /** The only packages it may import. */
  only?: string[]
}

const vendor = (name: string, never: string[]): Layer => ({
  name,
  files: [`lib/services/${name}/`],
  may: [CONFIG, 'lib/domain/', 'lib/platform/', 'lib/services/data/vendor-events'],
  never: [...WEB, ...STORAGE, ...never]
})

export const LAYERS: Layer[] = [
  {
    name: 'app',
    files: ['app/', 'proxy.ts', 'instrumentation.ts', 'instrumentation.node.ts'],
    may: [CONFIG, 'components/', 'lib/services', 'lib/domain/', 'lib/api/'].concat(
      ['env', 'errors', 'globals', 'http/', 'log', 'shutdown']
        .concat('security-events', 'security-log')
        .concat('request-context', 'telemetry/')
        .map((name) => `lib/platform/${name}`)
    ),
    never: [CLERK, PLAID, ...STORAGE]
  },
  {
    name: 'components',
    files: ['components/'],
    may: [CONFIG, 'lib/domain/', 'lib/api/'],
    never: [CLERK, PLAID, ...STORAGE, '@clerk/nextjs/server', 'server-only', 'node:']
  },
  {
    name: 'services',
    files: ['lib/services/index.ts'],
    may: ['clerk', 'plaid', 'jiko', 'data', 'pangea'].map((name) => `lib/services/${name}`),
    never: [CLERK, PLAID, ...STORAGE, ...WEB]
  },
  {
    name: 'pangea',
    files: ['lib/services/pangea/'],
    may: [CONFIG, 'lib/domain/', 'lib/platform/'].concat(
      ['clerk', 'plaid', 'jiko', 'data'].map((name) => `lib/services/${name}`)
    ),
    never: [CLERK, PLAID, ...STORAGE, ...WEB]
  },
  vendor('clerk', [PLAID]),
  vendor('plaid', [CLERK]),
  vendor('jiko', [CLERK, PLAID]),
  {
    name: 'data',
    files: ['lib/services/data/'],
    may: [CONFIG, 'xata/', 'lib/domain/', 'lib/platform/'],
    never: [CLERK, PLAID, ...WEB, 'undici', 'node:http', 'node:https']
  },
  {
    name: 'platform',
    files: ['lib/platform/'],
    may: [CONFIG],
    never: [CLERK, PLAID, ...STORAGE, ...WEB]
  },
  {
    name: 'xata',
    files: ['xata/'],
    may: ['lib/platform/env', 'lib/platform/globals'],
    never: [CLERK, PLAID, ...WEB]
  },
  { name: 'domain', files: ['lib/domain/'], may: [CONFIG], never: [], only: ['icu-minify'] },
  { name: 'api', files: ['lib/api/'], may: [CONFIG, 'lib/domain/'], never: [], only: ['zod'] },
  { name: 'config', files: ['pangea.config.ts'], may: [], never: [], only: [] },
  { name: 'sandbox', files: ['sandbox/'], may: [], never: [...WEB, 'server-only'] }
]

const SOURCE = /\.(ts|tsx|mjs|js)$/
export const EXTENSION = /(\/index)?\.(ts|tsx|mjs|js)$/
/** Biome keeps every import in this form. */
const SPECIFIER = /(?:\bfrom |\bimport\(|^import )'([^'\n]+)'/gm
const ENTRIES = ['app', 'components', 'lib', 'xata', 'sandbox', 'proxy.ts'].concat([
  'pangea.config.ts',
  'instrumentation.ts',
  'instrumentation.node.ts'
])

/** @returns the layer of a file; null if no rule applies. */
export function layerOf(file: string): Layer | null {
  const found = LAYERS.flatMap((layer) => layer.files.map((path) => ({ layer, path })))
    .filter(({ path }) => (path.endsWith('/') ? file.startsWith(path) : file === path))
    .toSorted((a, b) => b.path.length - a.path.length)
  return found[0]?.layer ?? null
}

/** @returns the specifiers that a file's layer must not import. */
export function breachesOf(file: string, text: string): string[] {
  const layer = layerOf(file)
  return layer ? specifiersOf(text).filter((one) => !isAllowed(layer, file, one)) : []
}

export const specifiersOf = (text: string): string[] =>
  [...text.matchAll(SPECIFIER)].flatMap(([, specifier]) => specifier ?? [])

function isAllowed({ files, may, never, only }: Layer, file: string, specifier: string): boolean {
  const module = moduleOf(file, specifier)
  if (module === null)
    return !matches(never, specifier) && (only === undefined || matches(only, specifier))
  return [...files, ...may].some((path) =>
    path.endsWith('/')
      ? module.startsWith(path) || `${module}/` === path
      : module === path.replace(EXTENSION, '')
  )
}

const matches = (packages: string[], specifier: string): boolean =>
  packages.some(
    (name) => specifier === name || specifier.startsWith(name.endsWith(':') ? name : `${name}/`)
  )

/** The path of one of our modules without its extension; null for a package. */
export function moduleOf(file: string, specifier: string): string | null {
  if (specifier.startsWith('@/')) return specifier.slice(2).replace(EXTENSION, '')
  if (!specifier.startsWith('.')) return null
  return posix.join(posix.dirname(file), specifier).replace(EXTENSION, '')
}

export type LayerResult = { layer: string; files: number; breaches: string[] }

/**
 * Checks every layer. A layer without files is reported too, because its rule would check nothing.
 */
export function checkLayers(root: string): LayerResult[] {
  const sources = sourcesOf(root)
  return LAYERS.map(({ name }) => {
    const own = sources.filter(({ file }) => layerOf(file)?.name === name)
    const breaches = own.flatMap(({ file, text }) =>
      breachesOf(file, text).map((specifier) => `${file} must not import ${specifier}`)
    )
    return { layer: name, files: own.length, breaches }
  })
}

/** @returns each circular import as its modules in order. */
export function findCycles(sources: { file: string; text: string }[]): string[][] {
  const imports = new Map(
    sources.map(({ file, text }) => [
      file.replace(EXTENSION, ''),
      specifiersOf(text).flatMap((specifier) => moduleOf(file, specifier) ?? [])
    ])
  )
  const cycles: string[][] = []
  const finished = new Set<string>()
  const visit = (module: string, path: string[]): void => {
    const start = path.indexOf(module)
    if (start >= 0) return void cycles.push([...path.slice(start), module])
    if (finished.has(module)) return
    for (const next of imports.get(module) ?? []) visit(next, [...path, module])
    finished.add(module)
  }
  for (const module of imports.keys()) visit(module, [])
  return cycles
}

export const sourcesOf = (root: string): { file: string; text: string }[] =>
  ENTRIES.flatMap((entry) => filesUnder(root, entry)).map((file) => ({
    file,
    text: readFileSync(join(root, file), 'utf8')
  }))

/** @returns the sources of a folder, or the one file. */
export function filesUnder(root: string, entry: string): string[] {
  if (SOURCE.test(entry)) return [entry]
  return readdirSync(join(root, entry), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(entry, name.replaceAll('\\', '/')))
    .filter((file) => SOURCE.test(file))
}

/** The table as a Mermaid diagram for docs/architecture.md. */
export function toMermaid(): string {
  const arrows = LAYERS.flatMap(({ name, may }) => {
    const targets = may.map(
      (path) => layerOf(path.endsWith('/') ? path : `${path}/x.ts`) ?? layerOf(`${path}.ts`)
    )
    const names = [...new Set(targets.flatMap((layer) => layer?.name ?? 'services'))]
    return names.filter((target) => target !== name).map((target) => `  ${name} --> ${target}`)
  })
  return ['flowchart TD', ...arrows].join('\n')
}

/**
 * Completes package-lock.json after a dependency changed: `node scripts/complete-lock.mjs`. npm
 * leaves out the packages of other platforms where it cannot see them, and `npm ci` then refuses
 * the lock file everywhere. They are added with version, platform and the integrity that the
 * registry publishes. Addresses are taken out.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const SYSTEMS = new Set([
  'darwin',
  'win32',
  'linux',
  'android',
  'freebsd',
  'openbsd',
  'netbsd',
  'sunos',
  'aix',
  'openharmony'
])
const PROCESSORS = new Set([
  'arm64',
  'x64',
  'ia32',
  'arm',
  'ppc64',
  'riscv64',
  's390x',
  'loong64',
  'mips64el',
  'wasm32'
])
const EXACT = /^\d+\.\d+\.\d+/

/**
 * @param {{packages: Record<string, any>}} lock changed in place
 * @returns {string[]} the names that were added
 */
export function completeLock(lock) {
  const added = []
  for (const [path, owner] of Object.entries(lock.packages)) {
    delete owner.resolved
    for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
      if (!EXACT.test(version) || locate(lock.packages, path, name)) continue
      lock.packages[`node_modules/${name}`] = {
        version,
        ...(owner.dev ? { dev: true } : {}),
        optional: true,
        ...platformOf(name)
      }
      added.push(name)
    }
  }
  lock.packages = Object.fromEntries(
    Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1))
  )
  return added
}

/**
 * Asks the registry for the integrity of entries that were never downloaded here.
 * @param {{packages: Record<string, any>}} lock changed in place
 * @param {(id: string) => string} lookUp the published integrity of `name@version`
 * @returns {string[]} the packages that got one
 */
export function addIntegrity({ packages }, lookUp) {
  return Object.entries(packages).flatMap(([path, entry]) => {
    if (!path || entry.link || entry.integrity) return []
    const id = `${entry.name ?? path.split('node_modules/').pop()}@${entry.version}`
    entry.integrity = lookUp(id)
    return [id]
  })
}

const publishedIntegrity = (id) =>
  JSON.parse(execFileSync('npm', ['view', id, 'dist.integrity', '--json'], { encoding: 'utf8' }))

/**
 * Resolves like Node: beside the owner, then in every parent folder.
 * @param {Record<string, unknown>} packages @param {string} owner @param {string} name
 * @returns {string | null} the path of the package that the owner gets
 */
export function locate(packages, owner, name) {
  for (let from = owner; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    const path = `${from ? `${from}/` : ''}node_modules/${name}`
    if (packages[path]) return path
    if (!from) return null
  }
}

/** Derives the platform from the name: `@next/swc-linux-x64-musl`. */
function platformOf(name) {
  const words = name.split(/[/-]/)
  const os = words.find((word) => SYSTEMS.has(word))
  const cpu = words.find((word) => PROCESSORS.has(word))
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : os === 'linux'
      ? 'glibc'
      : undefined
  return {
    ...(os ? { os: [os] } : {}),
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(libc ? { libc: [libc] } : {})
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = new URL('../package-lock.json', import.meta.url)
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const added = completeLock(lock)
  const verified = addIntegrity(lock, publishedIntegrity)
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(
    `${added.length} packages of other platforms added, ${verified.length} integrities looked up`
  )
}

/** The folder in which packages are installed before they take the place of node_modules. */
import { spawn } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** npm puts the registry that it is set to in its place. */
const ANY_REGISTRY = 'registry.invalid'
export const ANY_REGISTRY_FLAG = `--replace-registry-host=${ANY_REGISTRY}`
const SOURCE_MAP = /\.(js|mjs|cjs|css|ts|mts|cts)\.map$/

/**
 * An empty folder with what `npm ci` reads.
 * @param {string} root the project
 * @returns {string} the folder
 */
export function prepareFolder(root) {
  const folder = join(root, '.cache', 'install')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const name of ['package.json', '.npmrc'])
    if (existsSync(join(root, name))) copyFileSync(join(root, name), join(folder, name))
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(withAddresses(lock)))
  return folder
}

/**
 * Without an address npm asks the registry about every package, also for those that it has in its
 * cache.
 */
function withAddresses(lock) {
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!path || entry.link || entry.resolved) continue
    const name = entry.name ?? path.split('node_modules/').pop()
    entry.resolved = `https://${ANY_REGISTRY}/${name}/-/${name.split('/').pop()}-${entry.version}.tgz`
  }
  return lock
}

/** A quarter of what packages take, read by debuggers only. @param {string} folder */
export async function removeSourceMaps(folder) {
  const packages = join(folder, 'node_modules')
  const names = await readdir(packages, { recursive: true })
  const maps = names.filter((name) => SOURCE_MAP.test(name))
  await Promise.all(maps.map((name) => rm(join(packages, name), { force: true })))
}

/**
 * Puts the packages of `folder` in the place of the project's. What other programs keep in
 * node_modules/.cache stays. Deleting the old packages takes as long as installing, so it goes on
 * in a process of its own.
 * @param {string} root @param {string} folder
 */
export function replacePackages(root, folder) {
  const [current, next] = [root, folder].map((parent) => join(parent, 'node_modules'))
  const cache = join(current, '.cache')
  if (existsSync(cache)) renameSync(cache, join(next, '.cache'))
  const old = `${folder}.old.${process.pid}`
  if (existsSync(current)) moveAway(current, old)
  renameSync(next, current)
  rmSync(folder, { recursive: true, force: true })
  // Also those of a command that was killed.
  for (const name of readdirSync(dirname(folder)))
    if (name.startsWith(`${basename(folder)}.old.`)) deleteLater(join(dirname(folder), name))
}

function deleteLater(folder) {
  const code = 'fs.rmSync(process.argv[1], { recursive: true, force: true })'
  const options = { detached: true, stdio: 'ignore' }
  spawn(process.execPath, ['-e', code, folder], options).unref()
}

/** A folder of a lower layer of a container's image cannot be renamed. */
function moveAway(from, to) {
  try {
    renameSync(from, to)
  } catch {
    rmSync(from, { recursive: true, force: true })
  }
}

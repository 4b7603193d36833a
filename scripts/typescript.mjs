/**
 * Preload of every program that runs from source. Node removes the types itself; this finds files of
 * the project, which are imported as `@/folder/name`, and keeps what Node compiled for the next
 * start.
 */
import { statSync } from 'node:fs'
import { enableCompileCache, registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const ROOT = join(import.meta.dirname, '..')
const ENDINGS = ['', '.ts', '/index.ts']

enableCompileCache(join(ROOT, '.cache', 'compiled'))
registerHooks({
  resolve(specifier, context, nextResolve) {
    const path = pathOf(specifier, context.parentURL)
    const file = path && ENDINGS.map((ending) => path + ending).find(isFile)
    return file
      ? { url: pathToFileURL(file).href, shortCircuit: true }
      : nextResolve(specifier, context)
  }
})

/** @returns undefined for a package or a module of Node. */
function pathOf(specifier, parentUrl) {
  if (specifier.startsWith('@/')) return join(ROOT, specifier.slice(2))
  if (specifier.startsWith('./') && parentUrl?.endsWith('.ts'))
    return fileURLToPath(new URL(specifier, parentUrl))
}

const isFile = (path) => statSync(path, { throwIfNoEntry: false })?.isFile()

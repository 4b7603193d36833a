/**
 * Makes the built server small in memory. V8 keeps the source of every file that it runs, with two
 * bytes a character if one of them is not Latin; and Turbopack writes a chunk once for each group of
 * routes that uses it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

const SOURCE_MAP = /\n\/\/# sourceMappingURL=[^\n]*\s*$/
/** A list of modules that Turbopack's runtime requires. */
const CHUNK = 'module.exports=['

/** @param folder `.next/server`. Doing it again changes nothing. */
export function compactBuild(folder: string): void {
  const chunks = new Map<string, string>()
  for (const file of scriptsUnder(folder)) {
    const source = readFileSync(file, 'utf8')
    const compact = escapeNonAscii(source)
    const contents = compact.replace(SOURCE_MAP, '')
    const first = chunks.get(contents)
    if (first) writeFileSync(file, `module.exports=require(${pathTo(first, file)})\n`)
    else if (compact !== source) writeFileSync(file, compact)
    if (!first && contents.startsWith(CHUNK)) chunks.set(contents, file)
  }
}

/**
 * The same program in ASCII: an escape means its character in strings, templates, patterns and
 * names. A backslash before the character would escape the escape; it has no meaning there.
 */
export const escapeNonAscii = (source: string): string =>
  source.replace(/(\\*)([\u0080-\uffff])/g, (_, slashes: string, character: string) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0')
    return `${slashes.length % 2 ? slashes.slice(1) : slashes}\\u${code}`
  })

function pathTo(file: string, from: string): string {
  const path = relative(dirname(from), file).split(sep).join('/')
  return JSON.stringify(path.startsWith('.') ? path : `./${path}`)
}

function scriptsUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

/**
 * Makes the built server small in memory. V8 keeps the source of every file that it runs, with two
 * bytes a character if one of them is not Latin; and Turbopack writes a chunk once for each group of
 * routes that uses it. esbuild makes files small in a tenth of the time that Turbopack needs
 * (`serverMinification` in next.config.mjs).
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { transform } from 'esbuild'

const SOURCE_MAP = /\n\/\/# sourceMappingURL=[^\n]*\s*$/
/** A list of modules that Turbopack's runtime requires. */
const CHUNK = /^module\.exports ?= ?\[/

/** @param folder `.next/server`. Doing it again changes nothing. */
export async function compactBuild(folder: string): Promise<void> {
  const chunks = new Map<string, string>()
  const writing: Promise<void>[] = []
  for (const file of scriptsUnder(folder)) {
    const source = readFileSync(file, 'utf8').replace(SOURCE_MAP, '')
    const first = chunks.get(source)
    if (first) writeFileSync(file, `module.exports=require(${pathTo(first, file)});\n`)
    else writing.push(writeCompact(file, source))
    if (!first && CHUNK.test(source)) chunks.set(source, file)
  }
  await Promise.all(writing)
}

async function writeCompact(file: string, source: string): Promise<void> {
  const { code } = await transform(source, {
    minify: true,
    legalComments: 'none',
    target: 'node24'
  })
  writeFileSync(file, escapeNonAscii(code))
}

/**
 * The same program in ASCII, also in patterns, which esbuild leaves: an escape means its character in
 * strings, templates, patterns and names. A backslash before the character would escape the escape;
 * it has no meaning there.
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

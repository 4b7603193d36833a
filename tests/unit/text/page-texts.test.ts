/** Every page sends its components in the browser the texts that they use. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..', '..')
/** In English. */
const ENGLISH_ONLY = /^app\/(\(app\)\/admin|docs)\//
const IMPORT = /(?:\bfrom |\bimport\()\s*'@\/([^'\n]+)'/g
const TYPE_IMPORT = /^import type [^;]*?from '[^']+'$/gm

const sources = new Map<string, string>()
const read = (file: string): string => {
  const source =
    sources.get(file) ?? readFileSync(join(ROOT, file), 'utf8').replace(TYPE_IMPORT, '')
  sources.set(file, source)
  return source
}
const fileOf = (specifier: string): string | undefined =>
  ['', '.ts', '.tsx', '/index.ts']
    .map((end) => specifier + end)
    .find((file) => /\.tsx?$/.test(file) && existsSync(join(ROOT, file)))

const namesIn = (list: string): string[] =>
  [...list.matchAll(/'(\w+)'/g)].map(([, name = '']) => name)

type Found = { used: Map<string, string>; sent: Set<string> }

/** Follows the imports of a file. What a client component imports runs in the browser too. */
function follow(file: string, inBrowser: boolean, found: Found, seen: Set<string>): void {
  const source = read(file)
  const isClient = inBrowser || source.startsWith("'use client'")
  const id = `${file} ${isClient}`
  if (seen.has(id)) return
  seen.add(id)
  if (isClient)
    for (const [, area = ''] of source.matchAll(/useText\('(\w+)'\)/g)) found.used.set(area, file)
  else
    for (const [, list = ''] of source.matchAll(/(?:areas=\{|loadTexts\()\[([^\]]*)\]/g))
      for (const area of namesIn(list)) found.sent.add(area)
  for (const [, specifier = ''] of source.matchAll(IMPORT)) {
    const next = fileOf(specifier)
    if (next && /^(app|components)\//.test(next)) follow(next, isClient, found, seen)
  }
}

/** The layouts and boundaries of the folders above a page. */
const filesAbove = (page: string): string[] => {
  const folder = dirname(page)
  const here = ['layout.tsx', 'loading.tsx', 'error.tsx']
    .map((name) => join(folder, name))
    .filter((file) => existsSync(join(ROOT, file)))
  return folder === 'app' ? here : [...here, ...filesAbove(folder)]
}

const pages = readdirSync(join(ROOT, 'app'), { recursive: true, encoding: 'utf8' })
  .map((name) => `app/${name}`)
  .filter((file) => file.endsWith('/page.tsx') && !ENGLISH_ONLY.test(file))

test.each(pages)('%s', (page) => {
  const found: Found = { used: new Map(), sent: new Set(['common']) }
  for (const file of [page, ...filesAbove(page)]) follow(file, false, found, new Set())
  expect([...found.used].filter(([area]) => !found.sent.has(area))).toEqual([])
})

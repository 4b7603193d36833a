/** The files of a built server, made smaller without another meaning. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { compactBuild, escapeNonAscii } from '@/scripts/stack/compact-build'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'compact-'))
  mkdirSync(join(folder, 'chunks', 'ssr'), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

const put = (name: string, text: string) => writeFileSync(join(folder, name), text)
const read = (name: string) => readFileSync(join(folder, name), 'utf8')

it('writes a program in ASCII that computes the same', () => {
  const program =
    "const é = 'é’😀'; [é, `–\\–\\\\–`, '\\’\\\\’\\\\\\’', /[à-ö]’/.test('ñ’'), /^\\😀$/.test('😀'), /^😀{2}$/u.test('😀😀'), JSON.parse('{\"a\":\"ó\\\\n\"}').a]"
  const ascii = escapeNonAscii(program)
  expect(ascii).toMatch(/^[\n -~]*$/)
  const run = (source: string) =>
    new Function(`return (() => {${source.replace('; ', '; return ')}})()`)()
  expect(run(ascii)).toEqual(run(program))
})

it('keeps one copy of a chunk that several routes have, whatever its source map is called', () => {
  const chunk = "module.exports=[1,()=>'sí'];\n"
  put('chunks/a.js', `${chunk}//# sourceMappingURL=a.js.map\n`)
  put('chunks/[b].js', `${chunk}//# sourceMappingURL=b.js.map`)
  put('chunks/ssr/c.js', chunk.trimEnd())
  compactBuild(folder)
  const load = createRequire(join(folder, 'index.js'))
  expect(load('./chunks/a.js')).toBe(load('./chunks/[b].js'))
  expect(load('./chunks/a.js')).toBe(load('./chunks/ssr/c.js'))
  expect(load('./chunks/a.js')[1]()).toBe('sí')
})

it('leaves other files alone, and changes nothing the second time', () => {
  const texts = {
    'chunks/a.js': 'module.exports=[1,()=>2]',
    'chunks/b.js': 'module.exports=[1,()=>3]',
    'one.js': 'exports.a=1',
    'two.js': 'exports.a=1',
    'names.json': '["sí"]'
  }
  for (const [name, text] of Object.entries(texts)) put(name, text)
  put('chunks/ssr/a.js', texts['chunks/a.js'])
  compactBuild(folder)
  compactBuild(folder)
  for (const [name, text] of Object.entries(texts)) expect(read(name), name).toBe(text)
  expect(read('chunks/ssr/a.js')).toBe('module.exports=require("../a.js")\n')
})

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

it('keeps one copy of a chunk that several routes have, whatever its source map is called', async () => {
  const chunk = "module.exports=[1,()=>'sí'];\n"
  put('chunks/a.js', `${chunk}//# sourceMappingURL=a.js.map\n`)
  put('chunks/[b].js', `${chunk}//# sourceMappingURL=b.js.map`)
  put('chunks/ssr/c.js', chunk.trimEnd())
  await compactBuild(folder)
  const load = createRequire(join(folder, 'index.js'))
  expect(load('./chunks/a.js')).toBe(load('./chunks/[b].js'))
  expect(load('./chunks/a.js')).toBe(load('./chunks/ssr/c.js'))
  expect(load('./chunks/a.js')[1]()).toBe('sí')
})

it('takes out names and comments', async () => {
  put(
    'chunks/a.js',
    'module.exports = [1, (context) => {\n  // A comment.\n  const text = context.name\n  return [text, /é/]\n}]\n'
  )
  await compactBuild(folder)
  expect(read('chunks/a.js')).toBe('module.exports=[1,t=>[t.name,/\\u00e9/]];\n')
})

it('leaves other files alone, and changes nothing the second time', async () => {
  const texts = {
    'chunks/a.js': 'module.exports=[1,()=>2];\n',
    'chunks/b.js': 'module.exports=[1,()=>3];\n',
    'one.js': 'exports.a=1;\n',
    'two.js': 'exports.a=1;\n',
    'names.json': '["sí"]'
  }
  for (const [name, text] of Object.entries(texts)) put(name, text)
  put('chunks/ssr/a.js', texts['chunks/a.js'])
  await compactBuild(folder)
  await compactBuild(folder)
  for (const [name, text] of Object.entries(texts)) expect(read(name), name).toBe(text)
  expect(read('chunks/ssr/a.js')).toBe('module.exports=require("../a.js");\n')
})

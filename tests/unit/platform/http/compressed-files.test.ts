import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendCompressedFiles } from '@/lib/platform/http/compressed-files'
import { compressFiles } from '@/scripts/stack/compressed-files'

const folder = mkdtempSync(join(tmpdir(), 'pangea-static-'))
const SCRIPT = 'console.log("a script")\n'.repeat(50)

/** Stands for Next, which sends the file that is asked for. */
const server = createServer(({ url }, response) => void response.end(`sent ${url}`))
beforeAll(async () => {
  mkdirSync(join(folder, 'chunks'))
  writeFileSync(join(folder, 'chunks', 'a.js'), SCRIPT)
  writeFileSync(join(folder, 'chunks', 'a.css'), 'p {}')
  writeFileSync(join(folder, 'font.woff2'), 'font')
  await compressFiles(folder)
  writeFileSync(join(folder, 'chunks', 'new.js'), SCRIPT)
  sendCompressedFiles(folder)
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

/** The decoding of the answer is the caller's: its body is no brotli here. */
const ask = async (path: string, encoding: string) => {
  const { port } = server.address() as AddressInfo
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'HEAD',
    headers: { 'accept-encoding': encoding }
  })
  return {
    type: response.headers.get('content-type'),
    encoding: response.headers.get('content-encoding'),
    vary: response.headers.get('vary')
  }
}

test('a build has a smaller copy of each script and style', () => {
  const copy = readFileSync(join(folder, 'chunks', 'a.js.br'))
  expect(copy.length).toBeLessThan(SCRIPT.length / 4)
  expect(String(brotliDecompressSync(copy))).toBe(SCRIPT)
})

test('a browser that reads them is sent the copy, as what it is', async () => {
  const vary = 'Accept-Encoding'
  expect(await ask('/_next/static/chunks/a.js', 'gzip, deflate, br')).toEqual({
    type: 'application/javascript; charset=UTF-8',
    encoding: 'br',
    vary
  })
  expect(await ask('/_next/static/chunks/a.css', 'br')).toEqual({
    type: 'text/css; charset=UTF-8',
    encoding: 'br',
    vary
  })
})

test.each([
  ['/_next/static/chunks/a.js', 'gzip'],
  ['/_next/static/chunks/new.js', 'br'],
  ['/_next/static/font.woff2', 'br'],
  ['/_next/static/chunks/../../a.js', 'br'],
  ['/chunks/a.js', 'br']
])('%s for a browser that reads %s is left to Next', async (path, encoding) => {
  expect((await ask(path, encoding)).encoding).toBeNull()
})

test('Next is asked for the copy', async () => {
  const { port } = server.address() as AddressInfo
  const [seen] = await Promise.all([
    new Promise<string | undefined>((resolve) => server.once('request', ({ url }) => resolve(url))),
    fetch(`http://127.0.0.1:${port}/_next/static/chunks/a.js`, {
      method: 'HEAD',
      headers: { 'accept-encoding': 'br' }
    })
  ])
  expect(seen).toBe('/_next/static/chunks/a.js.br')
})

test('a build without copies works', () => {
  expect(() => sendCompressedFiles(join(folder, 'missing'))).not.toThrow()
})

/** The static files of Link and of the OAuth bank, read from disk. */
import { existsSync, readFileSync } from 'node:fs'
import type { Context, Hono } from 'hono'

const FOLDER = new URL('./ui/', import.meta.url)
const FONT = new URL(
  '../../../node_modules/geist/dist/fonts/geist-sans/Geist-Variable.woff2',
  import.meta.url
)
const NAME = /^[a-z][a-z-]*\.(css|js)$/
const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  html: 'text/html; charset=utf-8'
}

// connect-src and the rest stay on this origin, so that a mistake in a pane cannot reach the
// internet.
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'"

export function addStaticRoutes(app: Hono): void {
  app.get('/link/v2/stable/link-initialize.js', (c) => {
    // Pages of other origins load it, also cross-origin isolated ones.
    c.header('cross-origin-resource-policy', 'cross-origin')
    return sendFile(c, 'link-initialize.js')
  })
  app.get('/link/ui', (c) => sendFile(c, 'link.html'))
  app.get('/hl/:id', (c) => sendFile(c, 'hosted.html'))
  app.get('/oauth', (c) => sendFile(c, 'bank.html'))
  app.get('/link/ui/geist.woff2', (c) => {
    if (!existsSync(FONT)) return c.notFound()
    return c.body(new Uint8Array(readFileSync(FONT)), 200, {
      'content-type': 'font/woff2',
      'cache-control': 'max-age=86400'
    })
  })
  app.get('/link/ui/:name', (c) => {
    const name = c.req.param('name')
    return NAME.test(name) && existsSync(new URL(name, FOLDER)) ? sendFile(c, name) : c.notFound()
  })
}

function sendFile(c: Context, name: string): Response {
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'text/plain'
  c.header('content-type', type)
  c.header('cache-control', 'no-cache')
  c.header('x-content-type-options', 'nosniff')
  if (name.endsWith('.html')) c.header('content-security-policy', PAGE_POLICY)
  return c.body(readFileSync(new URL(name, FOLDER), 'utf8'))
}

/** Serves the vendor's browser bundles from node_modules instead of a CDN. */
import { readFileSync, realpathSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Hono } from 'hono'

const NODE_MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url))
const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json'
}

export function addStatic(app: Hono): void {
  // The loader asks for a major or an exact version; only the installed copy exists.
  app.get('/npm/*', (c) => {
    const [, name, rest] = /^\/npm\/@clerk\/(clerk-js|ui)@[^/]+\/dist\/(.+)$/.exec(c.req.path) ?? []
    const file = name && rest ? readBundle(name, rest) : undefined
    if (!file) return c.notFound()
    return c.body(new Uint8Array(file.content), 200, {
      'content-type': file.type,
      // Chunk names contain a content hash; entry file names do not.
      'cache-control': /_\d+\.\d+\.\d+\.js$/.test(c.req.path)
        ? 'public, max-age=31536000, immutable'
        : 'public, max-age=600'
    })
  })
}

function readBundle(name: string, encoded: string): { content: Buffer; type: string } | undefined {
  try {
    const dist = realpathSync(join(NODE_MODULES, '@clerk', name, 'dist'))
    const path = realpathSync(join(dist, decodeURIComponent(encoded)))
    const type = TYPES[extname(path)]
    // Compared after symlinks and dots are resolved, so no path spelling leaves the folder.
    return type && path.startsWith(dist + sep) ? { content: readFileSync(path), type } : undefined
  } catch {
    return undefined
  }
}

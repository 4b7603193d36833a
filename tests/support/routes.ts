/** Every page and handler of the app, read from the files, so that new ones are included. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type AppRoute = { key: string; file: string }

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** @returns keys such as `GET /api/v1/connections/[id]` and `PAGE /dashboard`. */
export function findRoutes(root: string): AppRoute[] {
  const found: AppRoute[] = []
  for (const entry of readdirSync(join(root, 'app'), {
    recursive: true,
    encoding: 'utf8'
  }).sort()) {
    const parts = entry.split(/[\\/]/)
    const name = parts.pop()
    const path = `/${parts.filter((part) => !/^\(.*\)$/.test(part)).join('/')}`
    const file = join(root, 'app', entry)
    if (name === 'page.tsx') found.push({ key: `PAGE ${path}`, file })
    if (name === 'route.ts')
      for (const method of methodsOf(file)) found.push({ key: `${method} ${path}`, file })
  }
  return found
}

function methodsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8')
  return METHODS.filter((method) =>
    new RegExp(`export (const|async function|function) ${method}\\b`).test(source)
  )
}

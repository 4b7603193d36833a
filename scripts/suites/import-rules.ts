/** The import table of the architecture, as Biome overrides: which files each row is about, and whether they keep it. */
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

export const RULE = 'style/noRestrictedImports'

export type ImportRow = { includes: string[] }
export type RowResult = { layer: string; files: number; kept: boolean; output: string }

const SOURCE = /\.(ts|tsx|mjs|js)$/

/** @returns one row per override that restricts imports. */
export function readImportRows(root: string): ImportRow[] {
  const { overrides = [] } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as {
    overrides?: {
      includes: string[]
      linter?: { rules?: { style?: { noRestrictedImports?: unknown } } }
    }[]
  }
  return overrides
    .filter(({ linter }) => linter?.rules?.style?.noRestrictedImports)
    .map(({ includes }) => ({ includes }))
}

/** Runs every row on its own, so that a row which sees no file is noticed. */
export async function checkImportRows(root: string): Promise<RowResult[]> {
  const results: RowResult[] = []
  for (const { includes } of readImportRows(root)) {
    const paths = includes.map((pattern) => pattern.replace(/\/\*\*$/, ''))
    const files = paths.flatMap((path) => sourcesUnder(root, path))
    const { ok, output } = files.length
      ? await lint(root, paths)
      : { ok: false, output: 'this rule saw no file' }
    results.push({ layer: paths.join(', '), files: files.length, kept: ok, output })
  }
  return results
}

async function lint(root: string, paths: string[]): Promise<{ ok: boolean; output: string }> {
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
  const existing = paths.filter((path) => existsSync(join(root, path)))
  const args = [biome, 'lint', `--only=${RULE}`, '--max-diagnostics=50', ...existing]
  return promisify(execFile)(process.execPath, args, { cwd: root }).then(
    ({ stdout }) => ({ ok: true, output: stdout }),
    ({ stdout = '', stderr = '' }: { stdout?: string; stderr?: string }) => ({
      ok: false,
      output: stdout + stderr
    })
  )
}

function sourcesUnder(root: string, path: string): string[] {
  const full = join(root, path)
  if (!existsSync(full)) return []
  if (!statSync(full).isDirectory()) return SOURCE.test(path) ? [path] : []
  return readdirSync(full).flatMap((name) => sourcesUnder(root, join(path, name)))
}

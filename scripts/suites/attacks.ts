/** The tests of `npm run test:security`, which docs/security/attacks.md lists by attack. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @returns files of the vitest suites, and names of browser specs for `--only`. */
export function readAttackTests(root: string): { files: string[]; specs: string[] } {
  const page = readFileSync(join(root, 'docs', 'security', 'attacks.md'), 'utf8')
  const named = [...new Set([...page.matchAll(/`(tests\/[^`]+)`/g)].map(([, path = '']) => path))]
  return {
    files: named.filter((path) => !path.startsWith('tests/e2e/')),
    specs: named.flatMap((path) => /^tests\/e2e\/.*\/([\w-]+)\.spec\.ts$/.exec(path)?.[1] ?? [])
  }
}

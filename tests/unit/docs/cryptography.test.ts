/** docs/security/keys-and-limits.md lists every file that uses cryptography, with its algorithms. */
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** `randomUUID` alone makes an id, not a secret. */
const ONLY_IDS = "import { randomUUID } from 'node:crypto'"
const USES = /from '(node:crypto|jose)'|\bcrypto\.(subtle|getRandomValues)|\bMath\.random\b/
const SOURCES = ['app', 'components', 'lib', 'xata'].map((folder) => `${folder}/**/*.{ts,tsx}`)
const FILES = ['proxy.ts', 'scripts/**/*.{ts,mjs}', ...SOURCES]
/** Tests, benchmarks and comparisons protect nothing. */
const EXCLUDED = /^scripts\/(suites|bench|fidelity)\//

const found = FILES.flatMap((pattern) => globSync(pattern))
  .map((file) => file.replaceAll('\\', '/'))
  .filter(
    (file) => !EXCLUDED.test(file) && USES.test(readFileSync(file, 'utf8').replace(ONLY_IDS, ''))
  )

const [, section = ''] = readFileSync('docs/security/keys-and-limits.md', 'utf8').split(
  '### Where the code uses cryptography'
)
const listed = [...(section.split('\n#')[0] ?? '').matchAll(/^\| `([^`]+)` \|/gm)].map(
  ([, file = '']) => file
)

test('every use of cryptography in the code has a row, and every row a use', () => {
  expect(found.length).toBeGreaterThan(15)
  expect(listed.sort()).toEqual(found.sort())
})

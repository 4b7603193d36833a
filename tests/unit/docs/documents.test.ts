import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  codeSpans,
  DOCUMENTS,
  FILES,
  type Mention,
  quotes,
  relativeLinks,
  shellLines,
  sourceText
} from '@/tests/unit/docs/documents'

const FOLDERS = 'app|components|deploy|docs|lib|public|sandbox|scripts|tests|xata'
const PATH = new RegExp(`(?:^|[ (])((?:${FOLDERS})/[\\w./*()[\\]{},-]*[\\w*/\\])}])`, 'g')
const FILE_NAME = /^[\w.-]+\.(ts|tsx|mjs|json|md)$/
const VARIABLE = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g
/**
 * Documents for people who run Pangea: a name in capitals there is a variable or a code of ours.
 */
const FOR_OPERATORS = DOCUMENTS.filter(
  (name) => !/^docs\/(contracts|decisions)\/|^CHANGELOG/.test(name)
)

const source = sourceText()
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>
}
const show = ({ document, text }: Mention) => `${document}: ${text}`
const names = new Set(FILES.map((file) => basename(file)))

/** Names that the guides invent for their examples. */
const EXAMPLE = /\/goals\b|\bacme\b|\(main\)\/assets\b|components\/assets\b/
/** A path may hold `*` and `{a,b}`; brackets are names of routes. */
function exists(path: string): boolean {
  if (existsSync(path) || EXAMPLE.test(path)) return true
  return /[*{]/.test(path) && globSync(path.replaceAll(/[[\]]/g, '?')).length > 0
}

describe('documents', () => {
  test('are found', () => expect(DOCUMENTS.length).toBeGreaterThan(50))

  test('link to files that exist', () => {
    const links = relativeLinks(DOCUMENTS)
    expect(links.length).toBeGreaterThan(30)
    const broken = links.filter(({ document, text }) => {
      const [path = ''] = text.split('#')
      return path !== '' && !existsSync(join(dirname(document), decodeURI(path)))
    })
    expect(broken.map(show)).toEqual([])
  })

  test('name paths that exist', () => {
    const paths = codeSpans(DOCUMENTS).flatMap(({ document, text }) =>
      [...text.matchAll(PATH)].map(([, path = '']) => ({ document, text: path }))
    )
    expect(paths.length).toBeGreaterThan(80)
    expect(paths.filter(({ text }) => !exists(text)).map(show)).toEqual([])
  })

  test('name files that exist', () => {
    const found = codeSpans(DOCUMENTS).filter(({ text }) => FILE_NAME.test(text))
    expect(found.length).toBeGreaterThan(10)
    expect(found.filter(({ text }) => !names.has(text) && !EXAMPLE.test(text)).map(show)).toEqual(
      []
    )
  })

  test('name npm commands and suites that exist', () => {
    const lines = [...codeSpans(DOCUMENTS), ...shellLines(DOCUMENTS)]
    const suites = ['scripts/suites/check-suites.ts', 'scripts/suites/vitest-suites.ts']
      .concat('scripts/suites/e2e-suites.ts', 'scripts/suites/mutation-suite.ts')
      .concat('scripts/suites/browser-suites.ts', 'scripts/suites/delivery-suite.ts')
      .concat('scripts/suites/brand-suite.ts')
      .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/^ +\{? ?name: '([\w-]+)'/gm)])
      .map(([, name]) => name)
    const unknown = lines.filter(({ text }) => {
      const script = /^npm run ([\w:]+)/.exec(text)?.[1]
      const args = /^npm test -- ([^#]+)/.exec(text)?.[1]?.trim().split(' ') ?? []
      const suite = args.find(
        (arg) => !/^--/.test(arg) && !arg.includes('/') && !suites.includes(arg)
      )
      return (script !== undefined && !(script in scripts)) || suite !== undefined
    })
    expect(unknown.map(show)).toEqual([])
  })

  test('name variables and codes that the source knows', () => {
    const known = source + readFileSync('.env.example', 'utf8')
    const found = [...codeSpans(FOR_OPERATORS), ...shellLines(FOR_OPERATORS)].flatMap(
      ({ document, text }) =>
        [...text.matchAll(VARIABLE)].map(([name]) => ({ document, text: name }))
    )
    expect(found.length).toBeGreaterThan(60)
    const unknown = found.filter(({ text }) => !new RegExp(`\\b${text}\\b`).test(known))
    expect([...new Set(unknown.map(show))]).toEqual([])
  })

  test('name log events that the source logs', () => {
    const events = codeSpans(['docs/operations.md', 'docs/troubleshooting.md']).filter(({ text }) =>
      /^[a-z_]+\.[a-z_]+$/.test(text)
    )
    expect(events.length).toBeGreaterThan(8)
    expect(events.filter(({ text }) => !source.includes(`'${text}'`)).map(show)).toEqual([])
  })

  test('quote messages as the program says them', () => {
    const messages = readFileSync('docs/troubleshooting.md', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .flatMap((line) => [...(line.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)])
      .map(([, text = '']) => ({ document: 'docs/troubleshooting.md', text }))
    expect(messages.length).toBeGreaterThan(15)
    const unknown = messages.filter(({ text }) => !isInSource(text))
    expect(unknown.map(show)).toEqual([])
  })

  test('quote names of pages and buttons as they are shown', () => {
    const shown = quotes([
      'README.md',
      'docs/operations.md',
      'docs/troubleshooting.md',
      'sandbox/README.md'
    ])
    expect(shown.length).toBeGreaterThan(10)
    expect(shown.filter(({ text }) => !isInSource(text)).map(show)).toEqual([])
  })
})

/** An ellipsis stands for what differs from case to case. */
const isInSource = (text: string): boolean =>
  text
    .split('…')
    .map((part) => part.trim())
    .filter((part) => part.length > 2)
    .every((part) => source.includes(part))

describe('.env.example', () => {
  const example = readFileSync('.env.example', 'utf8')
  const schema = /const Schema = z\.object\(\{([\s\S]*?)\n\}\)/.exec(
    readFileSync('lib/platform/env.ts', 'utf8')
  )?.[1]
  const read = [...(schema ?? '').matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name)

  test('names every variable that the app reads', () => {
    expect(read.length).toBeGreaterThan(25)
    expect(read.filter((name) => !new RegExp(`\\b${name}\\b`).test(example))).toEqual([])
  })

  test('names no variable that nothing reads', () => {
    const listed = [...example.matchAll(/^([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name ?? '')
    expect(listed.filter((name) => !new RegExp(`\\b${name}\\b`).test(source))).toEqual([])
  })

  test('shows a command that makes an encryption key of the right form', () => {
    const expression = /node -p "(.+)"$/m.exec(example)?.[1] ?? ''
    const key = execFileSync(process.execPath, ['-p', expression], { encoding: 'utf8' }).trim()
    expect(key).toMatch(/^[\w-]+:[A-Za-z0-9+/]{43}=$/)
  })
})

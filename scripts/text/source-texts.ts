/** Finds texts in the source: the keys that are used, and wording that is in no catalog. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'

/**
 * In English: pages for the team that runs the app (administration and the API's reference), and the
 * page without a layout, which has no texts.
 */
const ENGLISH_ONLY =
  /^(app\/\(app\)\/admin|app\/docs|app\/api|components\/(admin|docs))\/|^app\/global-error\.tsx$/
/** Attributes that a user sees or hears. */
const VISIBLE =
  /^(title|label|hint|alt|placeholder|aria-(label|description|roledescription|valuetext)|legend|description|submit|heading|confirm|empty|name)$/
/** Elsewhere `text` may be any variable. */
const HAS_TEXTS = /from '(#text|@\/app\/_lib\/text|@\/components\/text\/|@\/lib\/domain\/text\/)/
const WORD = /\p{L}{2}/u

export type Usage = { file: string; line: number; key: string; names: string[] | null }
export type Wording = { file: string; line: number; wording: string }
export type SourceTexts = { used: Usage[]; literals: Set<string>; untranslated: Wording[] }

type Node = { type: string; start: number; [field: string]: unknown }

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

function walk(node: Node, visit: (node: Node, parent: Node | null) => void, parent?: Node): void {
  visit(node, parent ?? null)
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (isNode(child)) walk(child, visit, node)
}

export function sourceFiles(root: string): string[] {
  return ['app', 'components', 'lib'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
  )
}

export function readTexts(root: string): SourceTexts {
  const found: SourceTexts = { used: [], literals: new Set(), untranslated: [] }
  for (const file of sourceFiles(root)) readFile(root, file, found)
  return found
}

function readFile(root: string, file: string, found: SourceTexts): void {
  const source = readFileSync(join(root, file), 'utf8')
  const lineOf = (at: number) => source.slice(0, at).split('\n').length
  const hasTexts = HAS_TEXTS.test(source)
  const isPage = file.endsWith('.tsx') && !ENGLISH_ONLY.test(file)
  walk(parseSync(file, source).program as unknown as Node, (node, parent) => {
    const line = lineOf(node.start)
    if (node.type === 'Literal' && typeof node.value === 'string') found.literals.add(node.value)
    const usage = hasTexts ? usageOf(node) : null
    if (usage) found.used.push({ file, line, ...usage })
    const wording = isPage ? wordingOf(node, parent) : null
    if (wording) found.untranslated.push({ file, line, wording })
  })
}

/** `text('key', { name })`, `text.rich(…)`, and `browserText()('key')`. */
function usageOf(node: Node): Pick<Usage, 'key' | 'names'> | null {
  if (node.type !== 'CallExpression' || !isText(node.callee as Node)) return null
  const [key, values] = node.arguments as Node[]
  if (key?.type !== 'Literal' || typeof key.value !== 'string') return null
  return { key: key.value, names: namesOf(values) }
}

function isText(callee: Node): boolean {
  if (callee.type === 'Identifier') return callee.name === 'text'
  if (callee.type === 'CallExpression') return (callee.callee as Node).name === 'browserText'
  const { object, property } = callee as unknown as { object?: Node; property?: Node }
  return property?.name === 'rich' && object !== undefined && isText(object)
}

/** Null if the values are not written in place. */
function namesOf(values: Node | undefined): string[] | null {
  if (!values) return []
  if (values.type !== 'ObjectExpression') return null
  const properties = values.properties as Node[]
  if (properties.some(({ type }) => type !== 'Property')) return null
  return properties.map(({ key }) => String((key as Node).name ?? (key as Node).value))
}

function wordingOf(node: Node, parent: Node | null): string | null {
  if (node.type === 'JSXText') return worded(String(node.value))
  if (node.type !== 'Literal' || typeof node.value !== 'string') return null
  if (parent?.type === 'JSXAttribute')
    return VISIBLE.test(String((parent.name as Node).name)) ? sentence(node.value) : null
  return parent?.type === 'JSXExpressionContainer' ? worded(node.value) : null
}

const IDENTIFIER = /^\w+(\.\w+)+$/

const worded = (text: string): string | null =>
  WORD.test(text) && !IDENTIFIER.test(text) ? text.trim() : null
/** Attributes such as `name` often hold identifiers. */
const sentence = (text: string): string | null => (/^\p{Lu}|\s/u.test(text) ? worded(text) : null)

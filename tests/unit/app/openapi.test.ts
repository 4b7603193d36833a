/** The API's document, what is generated from it, and what old clients rely on. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isSchema } from '@/app/_lib/declaration'
import { type OpenApiDocument, openApiDocument, operationId } from '@/app/_lib/openapi/document'
import { EXAMPLES } from '@/app/_lib/openapi/examples'
import { ROUTE_MODULES } from '@/app/_lib/openapi/modules'
import type { Route } from '@/app/_lib/route'
import { findBreakingChanges } from '@/scripts/openapi/breaking'
import { printClient } from '@/scripts/openapi/client'
import { findRoutes } from '@/tests/support/routes'

const ROOT = process.cwd()
const CLIENT = 'lib/client/operations.ts'
const BASELINE = 'docs/openapi.baseline.json'
const document = await openApiDocument()
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    operation
  }))
)

/** As `npm run fix` writes it. */
const formatted = (file: string, text: string): string =>
  execFileSync(
    process.execPath,
    [join(ROOT, 'node_modules/@biomejs/biome/bin/biome'), 'format', `--stdin-file-path=${file}`],
    { cwd: ROOT, input: text, encoding: 'utf8', maxBuffer: 10_000_000 }
  )

test('every route of /api/v1 is in the document', () => {
  const found = findRoutes(ROOT)
    .map(({ key }) => key)
    .filter((key) => key.includes(' /api/v1/') && !key.includes('openapi.json'))
  const paths = new Set(found.map((key) => key.split(' ')[1]))
  expect(Object.keys(ROUTE_MODULES).sort(), 'app/_lib/openapi/modules.ts').toEqual(
    [...paths].sort()
  )
  expect(operations.map(({ name }) => name).sort()).toEqual(
    found.map((key) => key.replace(/\[(\w+)\]/g, '{$1}')).sort()
  )
})

test('operations have unique ids, a sentence, and every error code of their checks', () => {
  const ids = operations.map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { name, operation } of operations) {
    expect(operation.summary, name).toMatch(/^[A-Z].{8,}\.$/)
    expect(Object.keys(operation.responses), name).toEqual(expect.arrayContaining(['500', '503']))
  }
})

test('every JSON answer has a recorded example that fits its schema', async () => {
  const found: string[] = []
  for (const [path, load] of Object.entries(ROUTE_MODULES))
    for (const [method, handler] of Object.entries(await load())) {
      const { response } = (handler as Route).declaration
      if (!isSchema(response)) continue
      const example = EXAMPLES[operationId(method, path)]
      const place = `${method} ${path}: npm start, and beside it npm run example -- --record`
      expect(example, place).toBeDefined()
      expect(response.safeParse(example).error, place).toBeUndefined()
      found.push(operationId(method, path))
    }
  expect(found.sort()).toEqual(Object.keys(EXAMPLES).sort())
})

test('every reference of the document resolves', () => {
  const references = JSON.stringify(document).match(/"#\/components\/schemas\/\w+"/g) ?? []
  const names = new Set(references.map((each) => JSON.parse(each).split('/').pop()))
  expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining([...names]))
  expect(names.size).toBeGreaterThan(50)
})

test('the typed client is current: npm run openapi', async () => {
  await expect(formatted(CLIENT, printClient(document))).toMatchFileSnapshot(join(ROOT, CLIENT))
})

describe('breaking changes', () => {
  test(`against ${BASELINE}: none, or delete it and run npm run openapi to accept them`, async () => {
    const file = join(ROOT, BASELINE)
    if (existsSync(file))
      expect(findBreakingChanges(JSON.parse(readFileSync(file, 'utf8')), document)).toEqual([])
    else await expect(formatted(file, JSON.stringify(document))).toMatchFileSnapshot(file)
  })

  const changed = (change: (copy: Document) => void): string[] => {
    const copy = structuredClone(document) as Document
    change(copy)
    return findBreakingChanges(document, copy)
  }
  type Document = OpenApiDocument & {
    // Deep changes of a copy; the shapes are those of the document above.
    // biome-ignore lint/suspicious/noExplicitAny: a test changes arbitrary places
    components: { schemas: Record<string, any> }
  }

  test.each<[string, (copy: Document) => void, string]>([
    ['a route that is gone', ({ paths }) => delete paths['/api/v1/me'], 'GET /api/v1/me is gone.'],
    [
      'a response field that is gone',
      ({ components }) => delete components.schemas.MeResponse.properties.email,
      'GET /api/v1/me 200.email is gone.'
    ],
    [
      'a response field that can be missing',
      ({ components }) => components.schemas.MeResponse.required.shift(),
      'GET /api/v1/me 200.id can be missing now.'
    ],
    [
      'a response field of another type',
      ({ components }) => {
        components.schemas.MeResponse.properties.id = { type: 'number' }
      },
      'GET /api/v1/me 200.id can be number now.'
    ],
    [
      'a request field that is required now',
      ({ components }) => {
        components.schemas.SubmitInput.required.push('consent')
      },
      'POST /api/v1/application/submit.consent is required now.'
    ],
    [
      'a parameter that is gone',
      ({ paths }) => {
        const list = paths['/api/v1/transactions']?.get?.parameters ?? []
        list.splice(
          list.findIndex(({ name }) => name === 'tag'),
          1
        )
      },
      'GET /api/v1/transactions: parameter query tag is gone.'
    ],
    [
      'a step-up that is new',
      ({ paths }) => Object.assign(paths['/api/v1/me']?.get ?? {}, { 'x-step-up': {} }),
      'GET /api/v1/me: x-step-up is new.'
    ]
  ])('%s is reported', (_, change, sentence) => {
    expect(changed(change)).toContain(sentence)
  })

  test('additions are none', () => {
    const additions = changed(({ paths, components }) => {
      components.schemas.MeResponse.properties.name = { type: 'string' }
      components.schemas.SubmitInput.properties.consent = { type: 'boolean' }
      const get = paths['/api/v1/me']?.get
      if (get) paths['/api/v1/me/new'] = { get }
      get?.parameters.push({ name: 'q', in: 'query', required: false, schema: {} })
    })
    expect(additions).toEqual([])
  })
})

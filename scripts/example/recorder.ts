/** Keeps the last answer of every operation as an example; lists are cut to two entries. */
import type { OpenApiDocument } from '@/app/_lib/openapi/document'

const LIST_LENGTH = 2
/** Logos are longer. */
const TEXT_LENGTH = 300
/** Values that open something, or belong to the emulators: by name, or by operation and name. */
const PLACEHOLDERS: Record<string, string> = {
  linkToken: 'link-sandbox-00000000-0000-0000-0000-000000000000',
  linkScriptUrl: 'https://cdn.plaid.com/link/v2/stable/link-initialize.js',
  url: 'https://files.example.com/document.pdf',
  'postBankHosted.url': 'https://secure.plaid.com/hl/00000000-0000-0000-0000-000000000000',
  testPage: '/api/v1/application/agreements/esign-check?page=example',
  accountNumber: '000000000000',
  routingNumber: '000000000'
}

type Recorder = {
  fetch: typeof globalThis.fetch
  /** By operation id. */
  examples: Record<string, unknown>
  /** Operations with a JSON answer that were not called yet. */
  missing: () => string[]
}

export async function createRecorder(baseUrl: string): Promise<Recorder> {
  const response = await fetch(new URL('/api/v1/openapi.json', baseUrl))
  const { paths } = (await response.json()) as OpenApiDocument
  // `/transactions/export` comes before `/transactions/{id}`.
  const literalFirst = Object.entries(paths).sort(
    ([a], [b]) => a.split('{').length - b.split('{').length
  )
  const operations = literalFirst.flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
      id: operation.operationId,
      hasAnswer: JSON.stringify(
        operation.responses[200] ?? operation.responses[202] ?? ''
      ).includes('"application/json":{"schema"')
    }))
  )
  const examples: Record<string, unknown> = {}
  return {
    examples,
    missing: () =>
      operations.filter(({ id, hasAnswer }) => hasAnswer && !(id in examples)).map(({ id }) => id),
    fetch: async (input, init) => {
      const answer = await fetch(input, init)
      const { pathname } = new URL(String(input))
      const found = operations.find(
        ({ method, pattern }) => method === (init?.method ?? 'GET') && pattern.test(pathname)
      )
      if (found?.hasAnswer && answer.ok) {
        const text = await answer.clone().text()
        examples[found.id] = publishable(found.id, JSON.parse(text))
      }
      return answer
    }
  }
}

function publishable(id: string, value: unknown, name = ''): unknown {
  if (typeof value === 'string')
    return PLACEHOLDERS[`${id}.${name}`] ?? PLACEHOLDERS[name] ?? value.slice(0, TEXT_LENGTH)
  if (Array.isArray(value)) return value.slice(0, LIST_LENGTH).map((part) => publishable(id, part))
  if (!value || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, publishable(id, part, key)])
  )
}

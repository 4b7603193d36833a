/** Keeps the first answer of every operation as an example; lists are cut to two entries. */
import type { OpenApiDocument } from '@/app/_lib/openapi/document'

const LIST_LENGTH = 2
/** Fields whose values open something. */
const LINKS = /"(url|testPage|linkToken)":"/

export async function createRecorder(baseUrl: string): Promise<{
  fetch: typeof globalThis.fetch
  examples: Record<string, unknown>
}> {
  const response = await fetch(new URL('/api/v1/openapi.json', baseUrl))
  const { paths } = (await response.json()) as OpenApiDocument
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
      id: operation.operationId,
      // Answers with account numbers, tokens or links are no examples.
      isKept: !operation['x-answer-not-stored']
    }))
  )
  const examples: Record<string, unknown> = {}
  return {
    examples,
    fetch: async (input, init) => {
      const answer = await fetch(input, init)
      const { pathname } = new URL(String(input))
      const found = operations.find(
        ({ method, pattern }) => method === (init?.method ?? 'GET') && pattern.test(pathname)
      )
      const text = found?.isKept && answer.status === 200 ? await answer.clone().text() : ''
      if (found && text && !LINKS.test(text)) examples[found.id] = cut(JSON.parse(text))
      return answer
    }
  }
}

function cut(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, LIST_LENGTH).map(cut)
  if (!value || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, cut(part)]))
}

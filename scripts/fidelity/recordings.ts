/** Reads a folder of recorded answers. Each file has its source, and calls or single answers. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const PlaidRecording = z.object({
  interactions: z.array(
    z.object({
      request: z.object({
        uri: z.string(),
        headers: z.object({ 'Plaid-Version': z.array(z.string()).optional() }).catch({}),
        body: z.record(z.string(), z.unknown()).nullable()
      }),
      response: z.object({ status: z.number(), body: z.unknown() })
    })
  )
})
const ClerkRecording = z.object({
  interactions: z.array(z.object({ key: z.string(), body: z.unknown() }))
})

export type PlaidCall = {
  path: string
  version: string
  body: Record<string, unknown>
  status: number
  answer: unknown
}
export type ClerkCall = { key: string; answer: unknown }
export type Recording<Call> = { name: string; calls: Call[] }

function readAll<Parsed, Call>(
  folder: string,
  schema: z.ZodType<Parsed>,
  toCalls: (parsed: Parsed) => Call[]
): Recording<Call>[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => {
      const parsed = schema.safeParse(JSON.parse(readFileSync(join(folder, name), 'utf8')))
      return parsed.success ? [{ name, calls: toCalls(parsed.data) }] : []
    })
}

/** Recordings of Plaid's API, in the order of their calls. */
export const readPlaidRecordings = (folder: string): Recording<PlaidCall>[] =>
  readAll(folder, PlaidRecording, ({ interactions }) =>
    interactions
      .filter(({ request }) => request.uri.includes('plaid.com'))
      .map(({ request, response }) => ({
        path: new URL(request.uri).pathname,
        version: request.headers['Plaid-Version']?.[0] ?? '',
        body: request.body ?? {},
        status: response.status,
        answer: response.body
      }))
  ).filter(({ calls }) => calls.length > 0)

/** Recordings of Clerk's Frontend API: each key is the method, the path and the form's fields. */
export const readClerkRecordings = (folder: string): Recording<ClerkCall>[] =>
  readAll(folder, ClerkRecording, ({ interactions }) =>
    interactions.map(({ key, body }) => ({ key, answer: body }))
  )

/** One operation of the reference: what it needs, what it returns, an example, and a form to try it. */

import type { Operation } from '@/app/_lib/openapi/document'
import type { JsonSchema } from '@/app/_lib/openapi/schemas'
import { typeOf } from '@/app/_lib/openapi/typescript'
import { Code } from '@/app/docs/guides'
import { TryIt } from '@/components/docs/try-it'

type Json = { schema?: JsonSchema; example?: unknown }
const jsonOf = (part: unknown): Json | undefined =>
  (part as { content?: Record<string, Json> } | undefined)?.content?.['application/json']

export function OperationEntry({
  method,
  path,
  operation
}: {
  method: string
  path: string
  operation: Operation
}) {
  const body = jsonOf(operation.requestBody)
  const [status = '', success] =
    Object.entries(operation.responses).find(([code]) => code < '300') ?? []
  const answer = jsonOf(success)
  return (
    <details id={operation.operationId} className="mt-3 rounded-xl border border-line bg-surface">
      <summary className="cursor-pointer px-4 py-3">
        <code className="break-all font-mono font-semibold text-sm">
          {method} {path}
        </code>
        <span className="block text-muted text-sm">{operation.summary}</span>
      </summary>
      <div className="border-line border-t px-4 pb-4">
        {operation.description && <p className="mt-3">{operation.description}</p>}
        <Parameters list={operation.parameters} />
        {body?.schema && <Shape title="Body" schema={body.schema} />}
        {answer?.schema && <Shape title={`Answer ${status}`} schema={answer.schema} />}
        {answer?.example !== undefined && (
          <>
            <h4 className="mt-4 font-semibold">Example</h4>
            <Code
              text={JSON.stringify(answer.example, null, 2)}
              label={`Example of ${operation.operationId}`}
            />
          </>
        )}
        <Errors operation={operation} />
        <TryIt
          method={method}
          path={path}
          name={operation.operationId}
          parameters={operation.parameters.map(({ name, in: place, required }) => ({
            name: String(name),
            place: String(place),
            required: required === true
          }))}
          hasBody={body !== undefined}
        />
      </div>
    </details>
  )
}

function Parameters({ list }: { list: JsonSchema[] }) {
  if (!list.length) return null
  return (
    <>
      <h4 className="mt-4 font-semibold">Parameters</h4>
      <ul className="mt-1">
        {list.map(({ name, in: place, required, schema }) => (
          <li key={`${place} ${name}`} className="mt-1">
            <code className="font-mono text-sm">{String(name)}</code>{' '}
            <span className="break-words text-muted text-sm">
              {String(place)}, {required ? 'required' : 'optional'}: {typeOf(schema as JsonSchema)}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

function Shape({ title, schema }: { title: string; schema: JsonSchema }) {
  return (
    <>
      <h4 className="mt-4 font-semibold">{title}</h4>
      {typeof schema.$ref === 'string' ? (
        <a className="font-mono text-sm underline" href={`#${typeOf(schema)}`}>
          {typeOf(schema)}
        </a>
      ) : (
        <Code text={typeOf(schema)} label={title} />
      )}
    </>
  )
}

function Errors({ operation: { responses } }: { operation: Operation }) {
  const failures = Object.entries(responses).filter(([code]) => code >= '400')
  return (
    <>
      <h4 className="mt-4 font-semibold">Errors</h4>
      <ul className="mt-1 text-sm">
        {failures.map(([code, { 'x-error-codes': codes }]) => (
          <li key={code}>
            {code}: <code className="font-mono">{(codes as string[]).join(', ')}</code>
          </li>
        ))}
      </ul>
    </>
  )
}

import type { Metadata } from 'next'
import { openApiDocument } from '@/app/_lib/openapi/document'
import { typeOf } from '@/app/_lib/openapi/typescript'
import { Code, GUIDE_TITLES, Guides, idOf } from '@/app/docs/guides'
import { OperationEntry } from '@/app/docs/operation'
import { Wordmark } from '@/components/ui/logo'

export const metadata: Metadata = { title: 'API' }

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1).replaceAll('-', ' ')

/** The reference of /api/v1, from the same document that programs read. */
export default async function DocsPage() {
  const { paths, components, info } = await openApiDocument()
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation
    }))
  )
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))].sort()
  return (
    <div className="mx-auto max-w-4xl px-5 py-6 [--mark-gap:var(--canvas)]">
      <header>
        <Wordmark />
      </header>
      <main id="main" className="py-8">
        <h1 className="font-bold text-2xl">The API</h1>
        <p className="mt-2 max-w-2xl text-muted">{String(info.description)}</p>
        <p className="mt-2">
          <a className="underline" href="/api/v1/openapi.json">
            OpenAPI 3.1 document
          </a>
        </p>
        <Contents titles={[...GUIDE_TITLES, ...tags.map(capital)]} />
        <h2 className="mt-10 font-bold text-xl">Guides</h2>
        <Guides />
        <h2 className="mt-10 font-bold text-xl">Operations</h2>
        {tags.map((tag) => (
          <section key={tag} id={idOf(capital(tag))} aria-label={capital(tag)} className="mt-8">
            <h3 className="font-semibold text-lg">{capital(tag)}</h3>
            {operations
              .filter(({ operation }) => operation.tags.includes(tag))
              .map((each) => (
                <OperationEntry key={each.operation.operationId} {...each} />
              ))}
          </section>
        ))}
        <h2 id="schemas" className="mt-10 font-bold text-xl">
          Schemas
        </h2>
        {Object.entries(components.schemas).map(([name, schema]) => (
          <details key={name} id={name} className="mt-2 rounded-lg border border-line px-4 py-2">
            <summary className="cursor-pointer font-mono text-sm">{name}</summary>
            <Code text={typeOf(schema)} label={name} />
          </details>
        ))}
      </main>
    </div>
  )
}

function Contents({ titles }: { titles: string[] }) {
  return (
    <nav aria-label="Contents" className="mt-6">
      <ul className="flex flex-wrap gap-x-4 gap-y-2 text-sm">
        {[...new Set(titles)].map((title) => (
          <li key={title}>
            <a className="underline" href={`#${idOf(title)}`}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

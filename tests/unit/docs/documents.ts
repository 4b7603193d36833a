/** The names and quotes in the documents, and where the source has them. */
import { globSync, readFileSync } from 'node:fs'

export type Mention = { document: string; text: string }

const read = (file: string) => readFileSync(file, 'utf8')
const IGNORED = /(^|\/)(node_modules|\.cache|\.next|\.data)(\/|$)/

export const DOCUMENTS = globSync(['*.md', 'docs/**/*.md', 'sandbox/*.md']).sort()

const withoutBlocks = (text: string) => text.replaceAll(/^```[\s\S]*?^```$/gm, '')

/** Everything in `code` style outside of code blocks. */
export const codeSpans = (documents: string[]): Mention[] =>
  documents.flatMap((document) =>
    [...withoutBlocks(read(document)).matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => ({
      document,
      text
    }))
  )

/** Every phrase in straight double quotes outside of code. */
export const quotes = (documents: string[]): Mention[] =>
  documents.flatMap((document) =>
    [
      ...withoutBlocks(read(document))
        .replaceAll(/`[^`\n]+`/g, '')
        .matchAll(/"([^"\n]+)"/g)
    ].map(([, text = '']) => ({ document, text: text.replace(/[.,]$/, '') }))
  )

/** Targets of links and pictures inside this repository, relative to the document. */
export const relativeLinks = (documents: string[]): Mention[] =>
  documents.flatMap((document) =>
    [...withoutBlocks(read(document)).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(
      ([, text = '']) => ({ document, text })
    )
  )

/** The lines of code blocks for a shell. */
export const shellLines = (documents: string[]): Mention[] =>
  documents.flatMap((document) =>
    [...read(document).matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
      block
        .split('\n')
        .filter(Boolean)
        .map((text) => ({ document, text }))
    )
  )

/** Every file of the repository, as paths from its root. */
export const FILES = globSync('**/*', { exclude: (path) => IGNORED.test(String(path)) })
  .map((path) => path.replaceAll('\\', '/'))
  .concat(globSync('.*'))

const SOURCE = /^(app|components|lib|sandbox|scripts|xata)\/.*\.(ts|tsx|mjs|js|html|css)$/

/** The source in one text, without line breaks, markup entities and the code inside templates. */
export const sourceText = (): string =>
  FILES.filter(
    (file) => SOURCE.test(file) || /^(proxy|instrumentation[.\w]*|next\.config)\./.test(file)
  )
    .map(read)
    .join('\n')
    .replaceAll(/\$\{[^{}]*\}/g, '…')
    .replaceAll("\\'", "'")
    .replaceAll(/\s+/g, ' ')

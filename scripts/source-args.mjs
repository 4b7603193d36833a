import { fileURLToPath } from 'node:url'

/**
 * Node's options for a program that runs from source. The condition makes `server-only` loadable:
 * these are servers.
 */
export const SOURCE_ARGS = [
  '--conditions=react-server',
  '--import',
  new URL('./typescript.mjs', import.meta.url).href
]

/** The folder in which Node keeps what it compiled for the next start. */
export const COMPILED = fileURLToPath(new URL('../.cache/compiled', import.meta.url))

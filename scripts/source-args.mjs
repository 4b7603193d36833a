/**
 * Node's options for a program that runs from source. The condition makes `server-only` loadable:
 * these are servers.
 */
export const SOURCE_ARGS = [
  '--conditions=react-server',
  '--import',
  new URL('./typescript.mjs', import.meta.url).href
]

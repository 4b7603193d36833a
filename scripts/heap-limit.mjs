/**
 * Without a limit, pages under load take a process to more than 1 GiB, which it keeps. With this
 * one it answers as many.
 */
const HEAP_MIB = 320

/**
 * Node's option for a server or worker; none if NODE_OPTIONS has one.
 * @param {Record<string, string | undefined>} env
 * @returns {string[]}
 */
export const heapLimit = (env) =>
  env.NODE_OPTIONS?.includes('max-old-space-size') ? [] : [`--max-old-space-size=${HEAP_MIB}`]

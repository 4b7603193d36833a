/**
 * Without limits, pages under load take a process to more than 1 GiB, which it keeps. With these it
 * answers as many. New objects get three times the second number, which would be 64.
 */
const LIMITS_MIB = { 'max-old-space-size': 320, 'max-semi-space-size': 16 }

/**
 * Node's options for a server or worker, without those that NODE_OPTIONS has.
 * @param {Record<string, string | undefined>} env
 * @returns {string[]}
 */
export const heapLimit = (env) =>
  Object.entries(LIMITS_MIB)
    .filter(([name]) => !env.NODE_OPTIONS?.includes(name))
    .map(([name, mib]) => `--${name}=${mib}`)

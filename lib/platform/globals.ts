import 'server-only'

/**
 * Creates a value once per process. Next builds several module graphs into one process, so shared
 * state lives on globalThis.
 */
export function singleton<T>(name: string, make: () => T): T {
  const key = Symbol.for(`pangea.${name}`)
  const shared = globalThis as unknown as Record<symbol, T | undefined>
  shared[key] ??= make()
  return shared[key]
}

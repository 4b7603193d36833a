import 'server-only'

/** Next builds several module graphs in one process; what must exist once lives here. */
export function singleton<T>(name: string, make: () => T): T {
  const key = Symbol.for(`pangea.${name}`)
  const shared = globalThis as unknown as Record<symbol, T | undefined>
  shared[key] ??= make()
  return shared[key]
}

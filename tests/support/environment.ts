/** Runs like a process started with these variables, and restores the earlier ones. */
export async function withEnvironment<T>(
  values: Record<string, string>,
  run: () => Promise<T>
): Promise<T> {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, values)
  resetSingletons()
  try {
    return await run()
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
    resetSingletons()
  }
}

const resetSingletons = () => {
  for (const name of ['env', 'encryption'])
    Reflect.deleteProperty(globalThis, Symbol.for(`pangea.${name}`))
}

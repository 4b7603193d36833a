/** Compares an answer with a recorded one: which fields exist, and of which type. */

/** A value that the recorder replaced, such as `%%DATETIME -2%%`, says nothing about its type. */
const isBlanked = (value: unknown) => typeof value === 'string' && value.startsWith('%%')

export type Shape = Map<string, Set<string>>

/**
 * The paths of an answer with the types found there. Elements of a list share one path, so lists of
 * different lengths compare.
 */
export function shapeOf(value: unknown, path = '', shape: Shape = new Map()): Shape {
  const type =
    value === null || isBlanked(value) ? 'null' : Array.isArray(value) ? 'list' : typeof value
  shape.set(path, (shape.get(path) ?? new Set()).add(type))
  if (Array.isArray(value)) for (const element of value) shapeOf(element, `${path}[]`, shape)
  else if (typeof value === 'object' && value !== null)
    for (const [key, field] of Object.entries(value))
      shapeOf(field, path ? `${path}.${key}` : key, shape)
  return shape
}

/** The path that a field is in: `accounts[]` for `accounts[].mask`. */
const parentOf = (path: string) => path.replace(/(\.[^.[\]]+|\[\])$/, '')

/**
 * Recorded fields that an answer lacks. Fields inside something that the answer has empty or null
 * cannot be compared.
 */
export function missingFields(recorded: unknown, answer: unknown): string[] {
  const have = shapeOf(answer)
  const comparable = (path: string) => {
    const parent = parentOf(path)
    return parent === path || have.get(parent)?.has(path.endsWith('[]') ? 'list' : 'object')
  }
  return [...shapeOf(recorded).keys()].filter(
    (path) => !path.endsWith('[]') && !have.has(path) && comparable(path)
  )
}

/** Fields that have another type than recorded. Null says nothing about a type. */
export function differentTypes(recorded: unknown, answer: unknown): string[] {
  const have = shapeOf(answer)
  return [...shapeOf(recorded)].flatMap(([path, types]) => {
    const wanted = [...types].filter((type) => type !== 'null')
    const found = [...(have.get(path) ?? [])].filter((type) => type !== 'null')
    const fits = !wanted.length || !found.length || found.every((type) => wanted.includes(type))
    return fits ? [] : [`${path}: ${found.join('|')}, recorded ${wanted.join('|')}`]
  })
}

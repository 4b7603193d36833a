/**
 * `T` without fields that `Shape` lacks. A function that stores what a request contains takes its input
 * as `Exact`: otherwise a new field of the request would be accepted and never stored.
 */
export type Exact<Shape, T extends Shape> = T & Record<Exclude<keyof T, keyof Shape>, never>

/**
 * Takes what is left of an input when its fields were taken. A field that was added to the input's
 * type and is not stored does not compile.
 */
export const nothingElse = (_rest: Record<string, never>): void => {}

/** Real answers, recorded by `npm run example -- --record`, by operation id. */
export const EXAMPLES: Record<string, unknown> = {}

import recorded from '@/app/_lib/openapi/examples.json'

/** Real answers by operation id, recorded by `npm run example -- --record`. */
export const EXAMPLES: Record<string, unknown> = recorded

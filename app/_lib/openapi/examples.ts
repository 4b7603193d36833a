import recorded from '@/app/_lib/openapi/examples.json' with { type: 'json' }
import { brand } from '@/pangea.config'

/** Real answers by operation id, recorded by `npm run example -- --record`, with the brand left open. */
export const EXAMPLES: Record<string, unknown> = JSON.parse(
  JSON.stringify(recorded).replaceAll('{brand}', brand.name)
)

/** Next's own program: run as `node <this> build`, so that no shell stands between it and its signals. */
import { createRequire } from 'node:module'

export const NEXT = createRequire(import.meta.url).resolve('next/dist/bin/next')

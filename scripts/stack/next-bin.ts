/** Next's own program, run as `node <path> build`, so that no shell intercepts its signals. */
import { createRequire } from 'node:module'

export const NEXT = createRequire(import.meta.url).resolve('next/dist/bin/next')

import 'server-only'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Which database and branch this project is meant for. Today's Xata tools do not read that file;
 * this does.
 */
export function readXatarc(root = process.cwd()): { database: string; branch: string } {
  return JSON.parse(readFileSync(join(root, '.xatarc'), 'utf8')) as {
    database: string
    branch: string
  }
}

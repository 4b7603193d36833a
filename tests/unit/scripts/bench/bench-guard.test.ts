import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findRegressions, finishGuard, measureUntilSure } from '@/scripts/bench/guard'

const BEFORE = { Postgres: { list: 2, export: 10, search: 1 }, PGlite: { list: 3 } }

describe('a benchmark beside the committed result', () => {
  it('names what grew by more than 15 %, the worst first', () => {
    const now = { Postgres: { list: 2.4, export: 11.4, search: 3 }, PGlite: { list: 1 } }
    expect(findRegressions(BEFORE, now)).toEqual([
      { figure: 'Postgres: search', times: 3 },
      { figure: 'Postgres: list', times: 1.2 }
    ])
  })

  it('has nothing to compare a new figure or another storage with', () => {
    expect(findRegressions(BEFORE, { Postgres: { 'new': 9 }, Xata: { list: 9 } })).toEqual([])
  })
})

describe('a figure that seems slower', () => {
  const measure = async (...runs: Record<string, number>[]) => {
    let n = 0
    const figures = await measureUntilSure('PGlite', BEFORE, async () => runs[n++] ?? {})
    return { figures, n }
  }

  it('is measured again, and slower only if it is so twice', async () => {
    expect(await measure({ list: 4, export: 5 }, { list: 3.1, export: 6 })).toEqual({
      figures: { list: 3.1, export: 5 },
      n: 2
    })
    expect(await measure({ list: 4 }, { list: 5 })).toEqual({ figures: { list: 4 }, n: 2 })
  })

  it('costs no second run if nothing does', async () => {
    expect(await measure({ list: 3.1 })).toEqual({ figures: { list: 3.1 }, n: 1 })
  })
})

describe('the result', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'pangea-bench-'))
    mkdirSync(join(root, 'docs'))
  })
  afterEach(() => rmSync(root, { recursive: true }))

  it('is stored when asked, and fails a later run that is slower', () => {
    expect(finishGuard(root, BEFORE, true)).toBe(true)
    expect(JSON.parse(readFileSync(join(root, 'docs/performance.json'), 'utf8'))).toEqual(BEFORE)
    expect(finishGuard(root, BEFORE, false)).toBe(true)
    expect(finishGuard(root, { ...BEFORE, PGlite: { list: 4 } }, false)).toBe(false)
    expect(JSON.parse(readFileSync(join(root, 'docs/performance.json'), 'utf8'))).toEqual(BEFORE)
  })
})

/** Reads Stryker's report: killed and surviving mutants, per folder. */
import { dirname } from 'node:path'
import type { EquivalentMutant } from '@/scripts/suites/mutation/equivalent'

type Position = { line: number; column: number }
export type Mutant = {
  status: string
  replacement?: string
  location: { start: Position; end: Position }
}
export type MutationReport = { files: Record<string, { source: string; mutants: Mutant[] }> }

export type Survivor = { file: string; line: number; from: string; to: string }
type FolderScore = { folder: string; killed: number; total: number }
export type MutationScore = {
  killed: number
  total: number
  folders: FolderScore[]
  survivors: Survivor[]
  /** Accepted as equivalent, and not counted in the total. */
  equivalent: number
  /** Mutants with which the tests could not be loaded. */
  notRun: number
  /** Entries of the list that match no survivor of a mutated file. */
  stale: EquivalentMutant[]
}

const KILLED = new Set(['Killed', 'Timeout'])
const SURVIVED = new Set(['Survived', 'NoCoverage'])
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** The mutated lines before and after, each as one line. Columns of the report start at 1. */
function toSurvivor(file: string, source: string, { location, replacement }: Mutant): Survivor {
  const lines = source.split('\n').slice(location.start.line - 1, location.end.line)
  const before = lines[0]?.slice(0, location.start.column - 1) ?? ''
  const after = lines.at(-1)?.slice(location.end.column - 1) ?? ''
  return {
    file,
    line: location.start.line,
    from: oneLine(lines.join('\n')),
    to: oneLine(`${before}${replacement ?? ''}${after}`)
  }
}

/** Mutants that could not run or that Stryker was told to ignore are not counted. */
export function scoreMutants(
  reports: readonly MutationReport[],
  accepted: readonly EquivalentMutant[]
): MutationScore {
  const files = reports.flatMap((report) => Object.entries(report.files))
  const survivors: Survivor[] = []
  const used = new Set<EquivalentMutant>()
  const folders = new Map<string, FolderScore>()
  let equivalent = 0
  let notRun = 0
  for (const [file, { source, mutants }] of files) {
    const folder = folders.get(dirname(file)) ?? { folder: dirname(file), killed: 0, total: 0 }
    folders.set(folder.folder, folder)
    for (const mutant of mutants) {
      if (mutant.status === 'RuntimeError') notRun++
      if (KILLED.has(mutant.status)) folder.killed++
      else if (SURVIVED.has(mutant.status)) {
        const survivor = toSurvivor(file, source, mutant)
        const entry = accepted.find(
          (one) => one.file === file && one.from === survivor.from && one.to === survivor.to
        )
        if (entry) {
          used.add(entry)
          equivalent++
          continue
        }
        survivors.push(survivor)
      } else continue
      folder.total++
    }
  }
  const sum = (key: 'killed' | 'total') =>
    [...folders.values()].reduce((total, folder) => total + folder[key], 0)
  return {
    killed: sum('killed'),
    total: sum('total'),
    folders: [...folders.values()],
    survivors,
    equivalent,
    notRun,
    stale: accepted.filter((one) => files.some(([file]) => file === one.file) && !used.has(one))
  }
}

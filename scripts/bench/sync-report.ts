import { type Figures, measure } from '@/scripts/bench/sync'

const ROUNDS = 3
const SIZES = [1_000, 5_000, 20_000]

/** Time of a first and a later sync against row-by-row writes: the median of three rounds. */
export async function reportSync(storage: string, databaseUrl: string): Promise<void> {
  await measure(databaseUrl, 500)
  console.log(
    `\n| ${storage} | sync, s | each row alone, s | times as fast | a transaction for each page, s | times as fast | statements (pages) | row by row | memory, MB |`
  )
  console.log('|---|---|---|---|---|---|---|---|---|')
  for (const size of SIZES) {
    const rounds: Awaited<ReturnType<typeof measure>>[] = []
    for (let round = 0; round < ROUNDS; round++) rounds.push(await measure(databaseUrl, size))
    const rows = size.toLocaleString('en')
    print(`first ${rows}`, middle(rounds.map(({ initial }) => initial)))
    print(`500 changed, 200 removed, of ${rows}`, middle(rounds.map(({ update }) => update)))
  }
}

/** The round with the median ratio. */
function middle(rounds: Figures[]): Figures {
  const ratio = ({ rowByRow, ours }: Figures) => rowByRow.alone.seconds / ours
  const found = rounds.toSorted((a, b) => ratio(a) - ratio(b))[Math.floor(ROUNDS / 2)]
  if (!found) throw new Error('nothing was measured')
  return found
}

function print(what: string, { ours, statements, pages, rowByRow, peakMb }: Figures): void {
  const beside = [rowByRow.alone, rowByRow.together].flatMap(({ seconds }) => [
    seconds.toFixed(2),
    (seconds / ours).toFixed(1)
  ])
  const counts = [
    `${statements} (${pages})`,
    `${rowByRow.alone.statements} / ${rowByRow.together.statements}`,
    peakMb.toFixed(0)
  ]
  console.log(`| ${[what, ours.toFixed(2), ...beside, ...counts].join(' | ')} |`)
}

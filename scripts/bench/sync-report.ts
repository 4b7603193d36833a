import { type Figures, measure } from './sync'

const SIZES = [1_000, 5_000, 20_000]

/** What a first and a later sync take, beside writing the same rows one by one. */
export async function reportSync(storage: string, databaseUrl: string): Promise<void> {
  await measure(databaseUrl, 500)
  console.log(
    `\n| ${storage} | sync, s | each row alone, s | times as fast | a transaction for each page, s | times as fast | statements (pages) | row by row | memory, MB |`
  )
  console.log('|---|---|---|---|---|---|---|---|---|')
  for (const size of SIZES) {
    const { initial, update } = await measure(databaseUrl, size)
    print(`first ${size.toLocaleString('en')}`, initial)
    print(`500 changed, 200 removed, of ${size.toLocaleString('en')}`, update)
  }
}

function print(what: string, { ours, statements, pages, rowByRow, peakMb }: Figures): void {
  const beside = [rowByRow.alone, rowByRow.together].flatMap(({ seconds }) => [seconds.toFixed(2), (seconds / ours).toFixed(1)])
  const counts = [`${statements} (${pages})`, `${rowByRow.alone.statements} / ${rowByRow.together.statements}`, peakMb.toFixed(0)]
  console.log(`| ${[what, ours.toFixed(2), ...beside, ...counts].join(' | ')} |`)
}

import { type Figures, measure } from './sync'

const SIZES = [1_000, 5_000, 20_000]

/** What a first and a later sync take, beside writing the same rows one by one. */
export async function reportSync(storage: string, databaseUrl: string): Promise<void> {
  await measure(databaseUrl, 500)
  console.log(`\n| ${storage} | sync, s | row by row, s | times as fast | statements (pages) | row by row | memory, MB |\n|---|---|---|---|---|---|---|`)
  for (const size of SIZES) {
    const { initial, update } = await measure(databaseUrl, size)
    print(`first ${size.toLocaleString('en')}`, initial)
    print(`500 changed, 200 removed, of ${size.toLocaleString('en')}`, update)
  }
}

function print(what: string, { ours, baseline, statements, pages, baselineStatements, peakMb }: Figures): void {
  const ratio = (baseline / ours).toFixed(1)
  console.log(`| ${what} | ${ours.toFixed(2)} | ${baseline.toFixed(2)} | ${ratio} | ${statements} (${pages}) | ${baselineStatements} | ${peakMb.toFixed(0)} |`)
}

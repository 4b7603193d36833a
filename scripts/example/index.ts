/**
 * `npm run example` beside a running `npm start`: the whole journey without a browser. `--record`
 * then calls every other operation too, keeps the answers as the examples of the API's document,
 * and moves the clock of Jiko's emulator two months on.
 */
import { chooseBank } from '@/scripts/example/banks'
import { runJourney } from '@/scripts/example/journey'
import { record } from '@/scripts/example/record'
import { setting } from '@/scripts/example/settings'
import { signUp } from '@/scripts/example/users'

const appUrl = setting('APP_URL')
if (process.argv.includes('--record')) await record(appUrl)
else await runOnce()

async function runOnce(): Promise<void> {
  const vendors = { signUp, choosesBank: chooseBank }
  const { steps, transactions } = await runJourney(appUrl, vendors)
  for (const { name, ms } of steps) console.log(`${String(ms).padStart(6)} ms  ${name}`)
  const total = steps.reduce((sum, { ms }) => sum + ms, 0)
  console.log(
    `${String(total).padStart(6)} ms  for ${steps.length} steps, ${transactions} transactions`
  )
}

/** One progress line per step with its duration, so that a long step is never silent. */
const HEARTBEAT_MS = 10_000
const FRAME_MS = 100
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

const seconds = (since: number) => `${((Date.now() - since) / 1000).toFixed(1)} s`

/** Runs one step. @returns its result; a failing step is marked and rethrown. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const began = Date.now()
  const stop = process.stdout.isTTY ? spin(title, began) : heartbeat(title, began)
  try {
    const result = await work()
    stop(`✓ ${title} (${seconds(began)})`)
    return result
  } catch (error) {
    stop(`✗ ${title} (${seconds(began)})`)
    throw error
  }
}

function spin(title: string, began: number) {
  let frame = 0
  const draw = () =>
    process.stdout.write(`\r\x1b[2K${FRAMES[frame++ % FRAMES.length]} ${title} ${seconds(began)}`)
  const timer = setInterval(draw, FRAME_MS)
  draw()
  return (last: string) => {
    clearInterval(timer)
    process.stdout.write(`\r\x1b[2K${last}\n`)
  }
}

function heartbeat(title: string, began: number) {
  console.log(`· ${title}`)
  const timer = setInterval(() => console.log(`· ${title}, ${seconds(began)}`), HEARTBEAT_MS)
  return (last: string) => {
    clearInterval(timer)
    console.log(last)
  }
}

/** Prints one line while a step runs. */
export const printLine = (line: string): boolean =>
  process.stdout.write(`${process.stdout.isTTY ? '\r\x1b[2K' : ''}${line}\n`)

/** A failure whose message is sufficient: printed without a stack. */
export class UserError extends Error {}

/** Prints a failure and exits with code 1. */
export function exitWithError(error: unknown): never {
  if (error instanceof UserError) console.error(`\n${error.message}\n`)
  else console.error(error)
  process.exit(1)
}

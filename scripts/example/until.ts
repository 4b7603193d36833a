const POLL_MS = 50
const POLLS = 400

/** @throws if the state does not come within 20 seconds. */
export async function until(isDone: () => Promise<boolean>): Promise<void> {
  for (let polls = 0; polls < POLLS; polls++) {
    if (await isDone()) return
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  throw new Error('The state did not come within 20 seconds.')
}

import { expect, test } from 'vitest'
import { freeBlock, freePort } from '@/scripts/stack/ports'

/** How fetch refuses a port without a request. */
const refusal = (port: number) =>
  fetch(`http://127.0.0.1:${port}`).then(
    () => null,
    (error: Error) => (error.cause as Error | undefined)?.message === 'bad port'
  )

test('every assigned port is one that browsers allow', async () => {
  expect(await refusal(4045)).toBe(true)
  const bases = [4_000, 4_150, 5_050, 5_952, 10_040]
  const ports = [
    ...(await Promise.all(bases.map(freeBlock))).flatMap((block) => Object.values(block)),
    await freePort(6_665)
  ]
  for (const port of ports) expect(await refusal(port), String(port)).not.toBe(true)
})

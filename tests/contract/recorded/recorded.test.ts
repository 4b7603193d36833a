/**
 * The shapes and codes of recorded vendor answers, without their values. `npm run fidelity` compares
 * whole recordings.
 */
import { expect, it } from 'vitest'
import { replayClerkFolder, replayPlaidFolder } from '@/scripts/fidelity/replay'
import { differencesOf } from '@/scripts/fidelity/score'

const FOLDER = new URL('.', import.meta.url).pathname

it('Plaid’s emulator answers every recorded call with the same status, error and fields', async () => {
  const { calls, skipped } = await replayPlaidFolder(FOLDER)
  expect(calls.length).toBeGreaterThan(40)
  expect([differencesOf(calls), skipped]).toEqual([[], []])
})

it('Clerk’s emulator answers recorded sign-ups, sign-ins and changes of addresses with the same fields', async () => {
  const { calls } = await replayClerkFolder(FOLDER)
  expect(calls.length).toBeGreaterThan(15)
  expect(differencesOf(calls)).toEqual([])
})

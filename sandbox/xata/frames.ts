/** Cuts the bytes of one Postgres client into messages (protocol 3.0). */

export type Frame = { kind: 'ssl' | 'cancel' | 'startup' | 'message' | 'terminate'; bytes: Buffer }

const SSL = 80877103
const GSS = 80877104
const CANCEL = 80877102
const TERMINATE = 0x58

/** Larger than any statement of the app; a longer message is not Postgres protocol. */
const MAX_LENGTH = 256 * 1024 * 1024

/** @returns a function that takes the next bytes and returns the completed messages. */
export function createFrameReader(): (chunk: Buffer) => Frame[] {
  let pending: Buffer = Buffer.alloc(0)
  let started = false
  return (chunk) => {
    pending = pending.length ? Buffer.concat([pending, chunk]) : chunk
    const frames: Frame[] = []
    for (let next = readFrame(pending, started); next; next = readFrame(pending, started)) {
      pending = pending.subarray(next.bytes.length)
      if (next.kind === 'startup') started = true
      frames.push(next)
    }
    return frames
  }
}

/** The startup message has no type byte: only a length and a code. */
function readFrame(bytes: Buffer, started: boolean): Frame | null {
  if (bytes.length < (started ? 5 : 8)) return null
  const length = started ? 1 + bytes.readUInt32BE(1) : bytes.readUInt32BE(0)
  if (length > MAX_LENGTH || length < 5) throw new Error('not a Postgres message')
  if (bytes.length < length) return null
  const frame = bytes.subarray(0, length)
  if (started) return { kind: frame[0] === TERMINATE ? 'terminate' : 'message', bytes: frame }
  const code = bytes.readUInt32BE(4)
  return {
    kind: code === SSL || code === GSS ? 'ssl' : code === CANCEL ? 'cancel' : 'startup',
    bytes: frame
  }
}

/**
 * The transaction state at the end of a complete response: I idle, T in a transaction, E in a
 * failed one; null while the server is not done.
 */
export function readyState(answer: Uint8Array): 'I' | 'T' | 'E' | null {
  const at = answer.length - 6
  if (at < 0 || answer[at] !== 0x5a || answer[at + 4] !== 5) return null
  const state = String.fromCharCode(answer[at + 5] ?? 0)
  return state === 'I' || state === 'T' || state === 'E' ? state : null
}

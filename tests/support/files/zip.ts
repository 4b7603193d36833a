/** An independent reader of zip files, so that a library's output is not judged by itself. */
import { crc32, inflateRawSync } from 'node:zlib'

const END = 0x06054b50
const ENTRY = 0x02014b50

/** @returns the text of each file by name. @throws for a truncated file or a wrong checksum. */
export function readZip(zip: Buffer): Map<string, string> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || zip.readUInt32LE(end) !== END) throw new Error('no directory')
  const files = new Map<string, string>()
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (zip.readUInt32LE(at) !== ENTRY) throw new Error('not an entry')
    const [method, crc, packed] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 16),
      zip.readUInt32LE(at + 20)
    ]
    const [nameLength, extra, comment, start] = [
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
      zip.readUInt32LE(at + 42)
    ]
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    const body = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28)
    const bytes =
      method === 8
        ? inflateRawSync(zip.subarray(body, body + packed))
        : zip.subarray(body, body + packed)
    if (crc32(bytes) !== crc) throw new Error(`${name} is damaged`)
    files.set(name, bytes.toString('utf8'))
    at += 46 + nameLength + extra + comment
  }
  return files
}

/** A PNG of any size in pixels and bytes: real enough for everyone who looks at its first bytes. */
export function pngOf(width: number, height: number, bytes = 2_000): Uint8Array<ArrayBuffer> {
  const file = Buffer.alloc(bytes)
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]).copy(file)
  file.write('IHDR', 12, 'latin1')
  file.writeUInt32BE(width, 16)
  file.writeUInt32BE(height, 20)
  return new Uint8Array(file)
}

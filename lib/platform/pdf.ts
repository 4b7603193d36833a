import 'server-only'

/** Creates a one-page tagged PDF with a title and lines of text in reading order. */
export function createPdf(title: string, lines: readonly string[]): Uint8Array {
  const text = [
    `/F1 20 Tf 60 720 Td (${escapePdfText(title)}) Tj`,
    '/F1 12 Tf 18 TL 0 -30 Td',
    ...lines.map((line) => `(${escapePdfText(line)}) Tj T*`)
  ]
  const stream = `BT ${text.join('\n')} ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /Lang (en-US) /ViewerPreferences << /DisplayDocTitle true >> >>',
    '<< /Type /Pages /Kids [4 0 R] /Count 1 >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    `<< /Title (${escapePdfText(title)}) >>`
  ]
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, n) => {
    const offset = file.length
    file += `${n + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 6 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
  return Buffer.from(
    `${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${trailer}`,
    'latin1'
  )
}

const escapePdfText = (line: string) =>
  line.replace(/[^\x20-\x7e]/g, '-').replace(/[\\()]/g, '\\$&')

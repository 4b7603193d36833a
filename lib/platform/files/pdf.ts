import 'server-only'

/** A line of text that opens an address. */
export type PdfLink = { text: string; url: string }

const LEFT = 60
const FIRST_LINE = 690
const LINE_HEIGHT = 18
const LINK_SIZE = 16

/** Creates a one-page PDF with a title and lines of text, some of them links, in reading order. */
export function createPdf(title: string, lines: readonly (string | PdfLink)[]): Uint8Array {
  const text = [
    `/F1 20 Tf ${LEFT} 720 Td (${escapePdfText(title)}) Tj`,
    `/F1 12 Tf ${LINE_HEIGHT} TL 0 ${FIRST_LINE - 720} Td`,
    ...lines.map((line) =>
      typeof line === 'string'
        ? `(${escapePdfText(line)}) Tj T*`
        : `0 0.2 0.6 rg /F1 ${LINK_SIZE} Tf (${escapePdfText(line.text)}) Tj /F1 12 Tf 0 g T*`
    )
  ]
  const stream = `BT ${text.join('\n')} ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /Lang (en-US) /ViewerPreferences << /DisplayDocTitle true >> >>',
    '<< /Type /Pages /Kids [4 0 R] /Count 1 >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R'.concat(
      ` /Annots [${lines.map(annotation).join(' ')}] >>`
    ),
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

/** The area of a link, a little larger than its text so that a thumb finds it. */
function annotation(line: string | PdfLink, index: number): string {
  if (typeof line === 'string') return ''
  const y = FIRST_LINE - index * LINE_HEIGHT
  const right = LEFT + line.text.length * LINK_SIZE * 0.48
  const area = `[${LEFT - 6} ${y - 10} ${right} ${y + 20}]`
  const text = escapePdfText(line.text)
  return `<< /Type /Annot /Subtype /Link /Rect ${area} /Border [0 0 1] /C [0 0.2 0.6] /Contents (${text}) /A << /S /URI /URI (${escapePdfText(line.url)}) >> >>`
}

const escapePdfText = (line: string) =>
  line.replace(/[^\x20-\x7e]/g, '-').replace(/[\\()]/g, '\\$&')

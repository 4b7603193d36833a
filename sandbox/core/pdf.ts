/** Small real PDF files: one font, plain paragraphs, as many pages as the text needs. */
const LINES = 48
const WIDTH = 88

export function renderPdf(title: string, paragraphs: string[]): Buffer {
  const lines = [title, '', ...paragraphs.flatMap((paragraph) => [...wrap(paragraph), ''])]
  const pages: string[][] = []
  for (let i = 0; i < lines.length; i += LINES) pages.push(lines.slice(i, i + LINES))
  const pageIds = pages.map((_, n) => 4 + n * 2)
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pageIds.map((id) => `${id} 0 R`).join(' ')}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((page, n) => {
      const stream = `BT /F1 11 Tf 15 TL 60 740 Td ${page.map((line) => `(${escapeText(line)}) '`).join('\n')} ET`
      const box = '/MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>'
      return [
        `<< /Type /Page /Parent 2 0 R ${box} /Contents ${5 + n * 2} 0 R >>`,
        `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`
      ]
    })
  ]
  return assemble(objects)
}

function assemble(objects: string[]): Buffer {
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, n) => {
    const offset = file.length
    file += `${n + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const start = file.length
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}

const escapeText = (line: string) => line.replace(/[^\x20-\x7e]/g, '-').replace(/[\\()]/g, '\\$&')

function wrap(paragraph: string): string[] {
  const lines: string[] = []
  for (const word of paragraph.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < WIDTH)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

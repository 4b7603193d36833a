/** Parses a plain-text mail (RFC 5322). */

export type Message = { id: string; subject: string; text: string }

export function readMessage(raw: string): Message {
  const end = raw.indexOf('\r\n\r\n')
  const headers = raw.slice(0, end).replace(/\r\n[ \t]+/g, ' ')
  const header = (name: string) =>
    new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(headers)?.[1]?.trim() ?? ''
  const body = raw.slice(end + 4)
  return {
    id: header('message-id'),
    subject: decodeHeader(header('subject')),
    text: decodeBody(body, header('content-transfer-encoding').toLowerCase())
      .replaceAll('\r\n', '\n')
      .trim()
  }
}

function decodeBody(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  return encoding === 'quoted-printable' ? decodeQuotedPrintable(body.replace(/=\r\n/g, '')) : body
}

const decodeQuotedPrintable = (text: string): string =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16))
    ),
    'latin1'
  ).toString('utf8')

/** Headers encode non-ASCII text as =?utf-8?Q?…?= or =?utf-8?B?…?=. */
const decodeHeader = (header: string): string =>
  header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString('utf8')
        : decodeQuotedPrintable(text.replaceAll('_', ' '))
    )

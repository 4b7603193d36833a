/** The part of SMTP (RFC 5321) that submitting a mail needs. Nothing leaves this machine. */
import { createServer, type Server, type Socket } from 'node:net'

export type Envelope = { from: string; to: string[]; raw: string }
/** The response to a mail: 250 accepts it, 451 asks to retry, 550 rejects it permanently. */
export type ReplyCode = 250 | 451 | 550

const REPLY_TEXT: Record<ReplyCode, string> = {
  250: 'taken',
  451: 'try again later',
  550: 'no such mailbox'
}
const MAX_BYTES = 1_000_000

/** Listens on loopback. @param take decides about each complete mail. */
export function startSmtp(
  port: number,
  take: (mail: Envelope) => ReplyCode
): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A client that disconnects early has submitted nothing.
    socket.on('error', () => socket.destroy())
    serveSession(socket, take)
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      const close = () =>
        new Promise<void>((done) => {
          server.close(() => done())
          for (const socket of sockets) socket.destroy()
        })
      resolve({ port: typeof address === 'object' && address ? address.port : port, close })
    })
  })
}

function serveSession(socket: Socket, take: (mail: Envelope) => ReplyCode): void {
  let received = ''
  let mail: Envelope = { from: '', to: [], raw: '' }
  let inData = false
  const say = (line: string) => socket.write(`${line}\r\n`)
  const finish = () => {
    const verdict = take(mail)
    mail = { from: '', to: [], raw: '' }
    inData = false
    say(`${verdict} ${REPLY_TEXT[verdict]}`)
  }
  const line = (text: string) => {
    if (inData) {
      if (text === '.') return finish()
      // Reverses dot stuffing: the client doubled a dot at the start of a line.
      mail.raw += `${text.startsWith('.') ? text.slice(1) : text}\r\n`
      if (mail.raw.length > MAX_BYTES) socket.destroy()
      return
    }
    const [verb = ''] = text.toUpperCase().split(/[ :]/)
    const address = /<([^>]*)>/.exec(text)?.[1] ?? ''
    if (verb === 'EHLO') say('250-localhost\r\n250-8BITMIME\r\n250 SMTPUTF8')
    else if (verb === 'HELO' || verb === 'NOOP') say('250 ok')
    else if (verb === 'RSET') say('250 ok')
    else if (verb === 'MAIL') {
      mail = { from: address, to: [], raw: '' }
      say('250 ok')
    } else if (verb === 'RCPT') {
      mail.to.push(address)
      say('250 ok')
    } else if (verb === 'DATA') {
      inData = mail.to.length > 0
      say(inData ? '354 go on, end with a dot' : '503 to whom?')
    } else if (verb === 'QUIT') socket.end('221 goodbye\r\n')
    else say('502 not here')
  }
  say('220 localhost')
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (received + chunk).split('\r\n')
    received = lines.pop() ?? ''
    try {
      for (const text of lines) line(text)
    } catch {
      // An unreadable mail is rejected; it must not crash the emulator.
      socket.end('554 unreadable\r\n')
    }
  })
}

/** Mail emulator: mail from the app is shown on the console page and sent nowhere else. */
import {
  createEmulator,
  type EmulatorOptions,
  listen,
  type RunningEmulator
} from '@/sandbox/core/sandbox'
import { type Message, readMessage } from '@/sandbox/mail/message'
import { type ReplyCode, startSmtp } from '@/sandbox/mail/smtp'

type StoredMail = Message & { to: string[]; at: string }
type ModeRecord = { id: 'mode'; verdict: ReplyCode }

const MAX_SHOWN = 20
const MODES: Record<string, { verdict: ReplyCode; label: string }> = {
  take: { verdict: 250, label: 'Accept mail' },
  later: { verdict: 451, label: 'Defer mail (451)' },
  refuse: { verdict: 550, label: 'Reject mail (550)' }
}
const RULES = [
  'A broken bank connection sends one mail per failure. "Reset login" at Plaid breaks one.',
  'Mail is shown here only. A user can turn it off under Settings in the app.'
]

/** @param options smtpPort 0 picks a free one. */
export async function startMail(
  options: EmulatorOptions & { smtpPort: number }
): Promise<RunningEmulator & { smtpPort: number }> {
  const sandbox = createEmulator(options, {
    name: 'mail',
    vendorError: (c, status) => c.json({ error: 'injected fault' }, status as 500),
    sign: () => ({}),
    ledger: () => ({ mails: mails.all() })
  })
  const mails = sandbox.store.collection<StoredMail>('mails')
  const modes = sandbox.store.collection<ModeRecord>('modes')
  const verdict = () => modes.get('mode')?.verdict ?? 250
  const smtp = await startSmtp(options.smtpPort, ({ to, raw }) => {
    const message = readMessage(raw)
    // A mail repeated under the same id is stored once.
    if (verdict() === 250)
      mails.put({
        ...message,
        id: message.id.replace(/[<>]/g, '') || sandbox.ids.uuid('mail'),
        to,
        at: sandbox.clock.now().toISOString()
      })
    return verdict()
  })
  for (const [name, { verdict: chosen }] of Object.entries(MODES))
    sandbox.control.post(`/mode/${name}`, (c) => {
      modes.put({ id: 'mode', verdict: chosen })
      return c.json({ verdict: chosen })
    })
  sandbox.control.get('/console', (c) => c.json(consolePage(mails.all(), verdict())))
  const running = await listen(sandbox, options.port)
  return {
    ...running,
    smtpPort: smtp.port,
    close: async () => {
      await smtp.close()
      await running.close()
    }
  }
}

const consolePage = (mails: StoredMail[], verdict: ReplyCode) => ({
  title: 'E-mail',
  rules: RULES,
  objects: mails
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, MAX_SHOWN)
    .map(({ id, to, subject, text, at }) => ({
      id,
      label: `To ${to.join(', ')}: ${subject}`,
      state: `${at}\n${text}`,
      actions: []
    })),
  actions: Object.entries(MODES)
    .filter(([, mode]) => mode.verdict !== verdict)
    .map(([name, { label }]) => ({ label, method: 'POST', path: `/_sandbox/mode/${name}` }))
})

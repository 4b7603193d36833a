/** How to use the API, in the order a program needs it. */
const GUIDES: { title: string; text: string[]; code?: string }[] = [
  {
    title: 'Authenticate',
    text: [
      'Send Clerk’s session token as a bearer token. It lasts a minute, so ask Clerk for one before every request. A browser that is signed in sends its cookie instead.',
      'Some operations need a recent verification. They answer 403 with the code reverification_required until the user has verified a factor at Clerk.'
    ],
    code: `import { createClient } from './lib/client'

const pangea = createClient({
  baseUrl: 'https://app.example.com',
  token: () => session.getToken()
})
const { items } = await pangea.getTransactions({ query: { limit: 50 } })`
  },
  {
    title: 'Onboard a user',
    text: [
      'Read the step with GET /api/v1/application, and save one answer at a time with PUT /api/v1/application/draft. Read and accept the agreements, then send the Social Security number with POST /api/v1/application/submit. It goes to Jiko and is stored nowhere.',
      'Jiko decides in seconds, or asks for documents. The step says what comes next.'
    ]
  },
  {
    title: 'Link a bank',
    text: [
      'POST /api/v1/bank/connect returns a Link token for Plaid’s SDK. Send the public token that Link returns with POST /api/v1/bank/set_access_token. The history arrives in the background: GET /api/v1/connections/{id} says how far it is.'
    ]
  },
  {
    title: 'Receive changes',
    text: [
      'GET /api/v1/events is a stream of server-sent events. Each event says that the user’s data changed: reload the data that you show.'
    ]
  },
  {
    title: 'Move money',
    text: [
      'POST /api/v1/account/transfers prepares a transfer and checks it. Nothing moves before POST /api/v1/account/transfers/{id}/confirm, which needs a verification that is at most a minute old.'
    ]
  },
  {
    title: 'Errors and retries',
    text: [
      'Branch on code, show message to the user, and keep reference for support. The errors of single form fields are in fields.',
      'Wait for Retry-After on 429 and 503. Repeat a change only with the same Idempotency-Key.'
    ]
  },
  {
    title: 'Idempotency',
    text: [
      'A POST of a user with a JSON body may carry an Idempotency-Key. For 24 hours, the same key with the same input returns the first answer and changes nothing again. Other input is refused with 422; while the first request runs, a repeat gets 409. A refused request changed nothing and may be sent again with the same key.',
      'Answers with account numbers, tokens or links are not stored: a repeat reads them again. The digest that recognises a request leaves out the Social Security number.'
    ]
  },
  {
    title: 'Pages of a list',
    text: [
      'Lists return items and next. Send next as cursor for the following page; null is the end. Rows that are added meanwhile do not shift the pages.'
    ]
  },
  {
    title: 'Webhooks',
    text: [
      'Plaid, Jiko and Clerk send their events to /api/webhooks/plaid, /api/webhooks/jiko and /api/webhooks/clerk. Each is verified by its signature, stored, and processed in the background.'
    ]
  },
  {
    title: 'Test offline',
    text: [
      'npm start runs the app with emulators of all vendors, without keys and without the internet. npm run example leads a new user through the whole journey with the typed client.'
    ]
  }
]

export const idOf = (title: string): string => title.toLowerCase().replace(/[^a-z]+/g, '-')
export const GUIDE_TITLES = GUIDES.map(({ title }) => title)

export function Guides() {
  return GUIDES.map(({ title, text, code }) => (
    <section key={title} id={idOf(title)} aria-labelledby={`${idOf(title)}-title`} className="mt-8">
      <h3 id={`${idOf(title)}-title`} className="font-semibold text-lg">
        {title}
      </h3>
      {text.map((paragraph) => (
        <p key={paragraph} className="mt-2 max-w-2xl text-muted">
          {paragraph}
        </p>
      ))}
      {code && <Code text={code} label={`Example: ${title}`} />}
    </section>
  ))
}

/** Long lines wrap, so that nothing has to be scrolled sideways. */
export function Code({ text, label }: { text: string; label: string }) {
  return (
    <section aria-label={label} className="mt-3 rounded-lg border border-line bg-canvas p-3">
      <pre className="whitespace-pre-wrap break-words font-mono text-sm">{text}</pre>
    </section>
  )
}

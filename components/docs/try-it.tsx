'use client'

import { type FormEvent, useId, useState } from 'react'
import { Button } from '@/components/ui/button'

type Parameter = { name: string; place: string; required: boolean }
type Props = {
  method: string
  path: string
  name: string
  parameters: Parameter[]
  hasBody: boolean
}
type Answer = { status: number; text: string }

/** Longer answers are cut, so that the page stays usable. */
const MAX_TEXT = 20_000

/** Sends one request of the reference to this instance, with the browser's session or a token. */
export function TryIt(props: Props) {
  const [isOpen, setIsOpen] = useState(false)
  return isOpen ? (
    <TryForm {...props} />
  ) : (
    <Button
      variant="quiet"
      className="mt-4"
      aria-label={`Try it: ${props.name}`}
      onClick={() => setIsOpen(true)}
    >
      Try it
    </Button>
  )
}

function TryForm({ method, path, name, parameters, hasBody }: Props) {
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setIsBusy(true)
    setAnswer(await request(method, path, parameters, new FormData(event.currentTarget)))
    setIsBusy(false)
  }
  return (
    <form className="mt-4 grid gap-3" aria-label={`Try ${name}`} onSubmit={send}>
      {parameters.map((parameter) => (
        <Field key={`${parameter.place} ${parameter.name}`} {...parameter} />
      ))}
      {hasBody && <Body />}
      <Field name="token" label="Bearer token (empty: this browser’s session)" required={false} />
      <Button type="submit" variant="quiet" busy={isBusy} className="justify-self-start">
        {isBusy ? 'Sending' : 'Send'}
      </Button>
      <output className="block">
        {answer && (
          <>
            <span className="font-semibold">{answer.status || 'No answer'}</span>
            <pre className="mt-1 max-h-80 overflow-auto whitespace-pre-wrap break-words font-mono text-sm">
              {answer.text}
            </pre>
          </>
        )}
      </output>
    </form>
  )
}

const FIELD = 'w-full rounded-lg border border-line bg-canvas px-3 py-2 font-mono text-sm'

function Field({
  name,
  label = name,
  required
}: {
  name: string
  label?: string
  required: boolean
}) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="text-sm">
        {label}
      </label>
      <input id={id} name={name} required={required} autoComplete="off" className={FIELD} />
    </div>
  )
}

function Body() {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="text-sm">
        JSON body
      </label>
      <textarea id={id} name="body" rows={5} defaultValue="{}" className={FIELD} />
    </div>
  )
}

async function request(
  method: string,
  path: string,
  parameters: Parameter[],
  form: FormData
): Promise<Answer> {
  const value = (name: string) => String(form.get(name) ?? '')
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(value(name)))
  const url = new URL(address, location.origin)
  const headers = new Headers({ 'content-type': 'application/json' })
  for (const { name, place } of parameters) {
    if (place === 'query' && value(name)) url.searchParams.set(name, value(name))
    if (place === 'header' && value(name)) headers.set(name, value(name))
  }
  if (value('token')) headers.set('authorization', `Bearer ${value('token')}`)
  try {
    const body = form.has('body') ? value('body') : null
    const response = await fetch(url, { method, headers, body })
    return { status: response.status, text: pretty(await response.text()) }
  } catch {
    return { status: 0, text: 'The server did not answer. Check your connection and send again.' }
  }
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2).slice(0, MAX_TEXT)
  } catch {
    return text.slice(0, MAX_TEXT)
  }
}

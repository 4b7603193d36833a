/** Messages of services, as a caller of the API reads them in Spanish. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'
import { expect, it } from 'vitest'
import { errorResponse } from '@/app/_lib/errors/error-response'
import { messageTranslator } from '@/app/_lib/errors/translate-message'
import { RequestError } from '@/lib/platform/errors'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const spanish = messageTranslator('es')

it.each([
  ['Choose your state', 'Elija su estado'],
  ['Use at most 20 tags.', 'Use como máximo 20 etiquetas.'],
  ['Use an id from Pangea.', 'Use un identificador de Pangea.'],
  [
    'Too many tries in a short time. Wait 5 minutes, then try again.',
    'Demasiados intentos en poco tiempo. Espere 5 minutos e inténtelo de nuevo.'
  ],
  [
    'Accounts linked in the last 7 days can receive $500.00 in 24 hours. Enter $120.00 or less',
    'Las cuentas vinculadas en los últimos 7 días pueden recibir $500.00 en 24 horas. Escriba $120.00 o menos'
  ],
  [
    'This account was linked a short time ago. To protect you, it can receive money in 3 hours',
    'Esta cuenta se vinculó hace poco. Para protegerle, podrá recibir dinero en 3 horas'
  ],
  ['A message without a translation', 'A message without a translation']
])('%s', (english, translated) => {
  expect(spanish(english)).toBe(translated)
  expect(messageTranslator('en')(english)).toBe(english)
})

it('a refusal is translated, with its fields', async () => {
  const request = new Request('http://localhost/api/v1/assets', {
    headers: { 'accept-language': 'es-US,es;q=0.9' }
  })
  const refusal = new RequestError('invalid', 'Please check the highlighted fields.', {
    fields: { name: 'Enter a name' }
  })
  expect(await errorResponse(refusal, request).json()).toMatchObject({
    error: { message: 'Revise los campos marcados.', fields: { name: 'Escriba un nombre' } }
  })
})

/** For other programs, and for the team. */
const NOT_FOR_USERS =
  /^(app\/api\/(cron|metrics)|lib\/services\/\w+\/(webhook|admin|administer|webhook-keys)|lib\/services\/pangea\/(connections\/sandbox-actions|users\/(administer|run-once)|protection\/unlock)|lib\/services\/data\/admin|lib\/api\/admin|app\/api\/v1\/admin|app\/_lib\/(idempotency-key|request))/

it('every message of a service for users has a Spanish text', () => {
  const missing = ['lib/services', 'lib/api', 'app/api', 'app/_lib'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name}`)
      .filter((file) => file.endsWith('.ts') && !NOT_FOR_USERS.test(file))
      .flatMap((file) => messagesIn(file).filter((message) => spanish(message) === message))
  )
  expect(missing).toEqual([])
})

const SENTENCE = /^\p{Lu}\p{Ll}*[ ,]/u

/**
 * The messages that are written in a file: of request errors, and of schemas in lib/api. A value in
 * one becomes "7".
 */
function messagesIn(file: string): string[] {
  const found: string[] = []
  const descriptions = new Set<unknown>()
  new Visitor({
    Property({ key, value }) {
      if (key.type === 'Identifier' && key.name === 'description') descriptions.add(value)
    },
    Literal(literal) {
      if (!file.startsWith('lib/api/') || descriptions.has(literal)) return
      if (typeof literal.value === 'string' && SENTENCE.test(literal.value))
        found.push(literal.value)
    },
    NewExpression({ callee, arguments: [, message] }) {
      if (callee.type !== 'Identifier' || callee.name !== 'RequestError') return
      if (message?.type === 'Literal') found.push(String(message.value))
      if (message?.type === 'TemplateLiteral')
        found.push(message.quasis.map(({ value }) => value.cooked).join('7'))
    }
  }).visit(parseSync(file, readFileSync(join(ROOT, file), 'utf8')).program)
  return found
}

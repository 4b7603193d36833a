/** Backend API: allowlist and blocklist. */
import type { Hono } from 'hono'
import type { IdentifierRecord } from '@/sandbox/clerk/backend/records'
import { apiError, missingParam, notFound } from '@/sandbox/clerk/errors'
import { requireEmail, requirePhone } from '@/sandbox/clerk/factors/codes'
import { readParams, text } from '@/sandbox/clerk/frontend/caller'
import type { Instance } from '@/sandbox/clerk/instance'
import { listOrPage, pageShape } from '@/sandbox/clerk/paging'

const LISTS = [
  { list: 'allowlist', prefix: 'alid' },
  { list: 'blocklist', prefix: 'blid' }
] as const

export function addIdentifiers(app: Hono, instance: Instance): void {
  for (const { list, prefix } of LISTS) addList(app, instance, list, prefix)
}

function addList(
  app: Hono,
  instance: Instance,
  list: IdentifierRecord['list'],
  prefix: string
): void {
  const { identifiers } = instance.records
  const path = `/${list}_identifiers`
  const shape = (entry: IdentifierRecord) => identifierShape(instance, entry)
  const entries = () =>
    identifiers.filter((i) => i.list === list).sort((a, b) => b.createdAt - a.createdAt)
  // Only the blocklist is always a page.
  app.get(path, (c) =>
    c.json((list === 'allowlist' ? listOrPage : pageShape)(c, entries(), shape) as never)
  )
  app.post(path, async (c) => {
    const parsed = parseIdentifier(text(await readParams(c), 'identifier'))
    if (entries().some((i) => i.identifier === parsed.identifier))
      throw apiError(
        422,
        'duplicate_record',
        'duplicate record',
        'The identifier is already on the list.',
        'identifier'
      )
    const now = instance.now()
    const id = `${prefix}_${instance.ids.text('identifier', 27)}`
    return c.json(shape(identifiers.put({ id, list, ...parsed, createdAt: now, updatedAt: now })))
  })
  app.delete(`${path}/:id`, (c) => {
    const entry = identifiers.get(c.req.param('id') ?? '')
    if (entry?.list !== list) throw notFound(`${list} identifier`)
    identifiers.delete(entry.id)
    return c.json({ object: `${list}_identifier`, id: entry.id, deleted: true })
  })
}

/** An address, all addresses of a domain (`*@example.com`), or a phone number. */
function parseIdentifier(given: string | undefined): Pick<IdentifierRecord, 'identifier' | 'type'> {
  if (!given) throw missingParam('identifier')
  if (given.startsWith('*@')) {
    requireEmail(`any${given.slice(1)}`, 'identifier')
    return { identifier: given.toLowerCase(), type: 'email_address' }
  }
  return given.startsWith('+')
    ? { identifier: requirePhone(given, 'identifier'), type: 'phone_number' }
    : { identifier: requireEmail(given, 'identifier'), type: 'email_address' }
}

const identifierShape = (instance: Instance, entry: IdentifierRecord) => ({
  object: `${entry.list}_identifier`,
  id: entry.id,
  identifier: entry.identifier,
  identifier_type: entry.type,
  instance_id: instance.id,
  created_at: entry.createdAt,
  updated_at: entry.updatedAt
})

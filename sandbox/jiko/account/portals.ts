/**
 * Portals: the routing and account number of a pocket. Version 1, the only one whose paths are
 * published.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { JikoApiError, notFound, precondition, readBody } from '@/sandbox/jiko/errors'
import type { Jiko, Portal } from '@/sandbox/jiko/state'

export function addPortals(jiko: Jiko): void {
  const { app } = jiko.sandbox
  const base = '/api/v1/jiko-accounts/:account/portals/'
  app.get(base, (c) => {
    const portals = portalsOf(jiko, c.req.param('account'))
    return c.json({ count: portals.length, portals, object_type: 'List' })
  })
  app.post(base, async (c) => {
    checkAccount(jiko, c.req.param('account'))
    const { name } = await readBody(c, z.strictObject({ name: z.string().min(1).max(128) }))
    return c.json(createPortal(jiko, c.req.param('account'), name), 201)
  })
  app.get(`${base}:id/`, (c) => c.json(getPortal(jiko, c.req.param('account'), c.req.param('id'))))
  app.patch(`${base}:id/`, async (c) => {
    const portal = getPortal(jiko, c.req.param('account'), c.req.param('id'))
    const { name } = await readBody(c, z.strictObject({ name: z.string().min(1).max(50) }))
    return c.json(jiko.records.portals.put({ ...portal, name }))
  })
  app.post(`${base}:id/close/`, (c) => {
    const portal = getPortal(jiko, c.req.param('account'), c.req.param('id'))
    if (portal.status === 'CLOSED') throw precondition('Portal is already closed')
    return c.json(jiko.records.portals.put({ ...portal, status: 'CLOSED' }))
  })
}

/** An account that can receive money. @throws JikoApiError 404, 412 */
export function requireOpenPortal(jiko: Jiko, account: string): Portal {
  const open = portalsOf(jiko, account).find(({ status }) => status === 'OPEN')
  if (!open) throw new JikoApiError(412, 'Account has no open portal')
  return open
}

export function createPortal(jiko: Jiko, account: string, name: string): Portal {
  const id = jiko.sandbox.ids.uuid('portal')
  const digits = BigInt(`0x${createHash('sha256').update(id).digest('hex')}`).toString()
  return jiko.records.portals.put({
    id,
    jiko_account_id: account,
    routing_number: ROUTING,
    account_number: digits.slice(0, 12),
    status: 'OPEN',
    name
  })
}

function portalsOf(jiko: Jiko, account: string): Portal[] {
  checkAccount(jiko, account)
  return jiko.records.portals.filter(({ jiko_account_id }) => jiko_account_id === account)
}

function getPortal(jiko: Jiko, account: string, id: string): Portal {
  const portal = jiko.records.portals.get(id)
  if (!portal || portal.jiko_account_id !== account) throw notFound()
  return portal
}

function checkAccount(jiko: Jiko, account: string): void {
  if (!jiko.records.pockets.get(account)) throw notFound()
}

/** An unassigned routing number with a valid check digit. */
const ROUTING = withCheckDigit('09999900')

function withCheckDigit(eight: string): string {
  const sum = [...eight].reduce(
    (total, digit, i) => total + Number(digit) * ([3, 7, 1][i % 3] ?? 0),
    0
  )
  return `${eight}${(10 - (sum % 10)) % 10}`
}

/** Backend API: invitations to sign up. */
import type { Context, Hono } from 'hono'
import type { InvitationRecord } from '@/sandbox/clerk/backend/records'
import { apiError, invalidValue, missingParam, notFound } from '@/sandbox/clerk/errors'
import { metadata, type Params, readParams, text } from '@/sandbox/clerk/frontend/caller'
import { ticketUrl } from '@/sandbox/clerk/frontend/tickets'
import type { Instance } from '@/sandbox/clerk/instance'
import {
  checkInvitation,
  createInvitation,
  invitationStatus,
  type NewInvitation
} from '@/sandbox/clerk/invitations'
import { listOrPage } from '@/sandbox/clerk/paging'

const MAX_BULK = 10

export function addInvitations(app: Hono, instance: Instance): void {
  const { invitations } = instance.records
  const shape = (invitation: InvitationRecord) => invitationShape(instance, invitation)
  const found = (c: Context): InvitationRecord => {
    const invitation = invitations.get(c.req.param('id') ?? '')
    if (!invitation) throw notFound('invitation')
    return invitation
  }
  app.get('/invitations', (c) => c.json(listOrPage(c, select(c, instance), shape) as never))
  app.post('/invitations', async (c) =>
    c.json(shape(createInvitation(instance, invitationFrom(await readParams(c)))))
  )
  app.post('/invitations/bulk', async (c) => {
    const list = Object.values(await readParams(c)).map((entry) => invitationFrom(entry as Params))
    if (list.length === 0 || list.length > MAX_BULK) throw invalidValue('invitations')
    // All or none.
    for (const input of list) checkInvitation(instance, input)
    return c.json(list.map((input) => createInvitation(instance, input)).map(shape))
  })
  app.post('/invitations/:id/revoke', (c) => {
    const invitation = found(c)
    if (invitation.status !== 'pending')
      throw apiError(
        400,
        invitation.status === 'accepted'
          ? 'invitation_already_accepted'
          : 'invitation_already_revoked',
        `Invitation is already ${invitation.status}.`
      )
    const revoked = { ...invitation, status: 'revoked' as const, updatedAt: instance.now() }
    return c.json(shape(invitations.put(revoked)))
  })
  app.delete('/invitations/:id', (c) => {
    const { id } = found(c)
    invitations.delete(id)
    return c.json({ object: 'invitation', id, deleted: true })
  })
}

function invitationFrom(params: Params): NewInvitation {
  const address = text(params, 'email_address')
  if (!address) throw missingParam('email_address')
  return {
    address,
    publicMetadata: metadata(params, 'public_metadata'),
    redirectUrl: text(params, 'redirect_url') ?? null,
    days: params.expires_in_days,
    ignoreExisting: params.ignore_existing === true
  }
}

/** Newest first; revoked ones only when they are asked for. */
function select(c: Context, instance: Instance): InvitationRecord[] {
  const { status, query } = c.req.query()
  return instance.records.invitations
    .filter((invitation) => {
      const current = invitationStatus(instance, invitation)
      return (
        (status ? current === status : current !== 'revoked') &&
        (!query || invitation.id === query || invitation.address.includes(query.toLowerCase()))
      )
    })
    .sort((a, b) => b.createdAt - a.createdAt)
}

const invitationShape = (instance: Instance, invitation: InvitationRecord) => ({
  object: 'invitation',
  id: invitation.id,
  email_address: invitation.address,
  public_metadata: invitation.publicMetadata as never,
  ...(invitation.status === 'revoked' ? { revoked: true } : {}),
  status: invitationStatus(instance, invitation),
  url: ticketUrl(instance, invitation.token),
  expires_at: invitation.expireAt,
  created_at: invitation.createdAt,
  updated_at: invitation.updatedAt
})

/** Backend API: invitations to an organization. */
import type { Context, Hono } from 'hono'
import { invalidValue, missingParam } from '@/sandbox/clerk/errors'
import { type Params, readParams, text } from '@/sandbox/clerk/frontend/caller'
import { ticketUrl } from '@/sandbox/clerk/frontend/tickets'
import type { Instance } from '@/sandbox/clerk/instance'
import { requireDays } from '@/sandbox/clerk/invitations'
import {
  getInvitation,
  type InvitationInput,
  invitationsOf,
  inviteMember,
  revokeInvitation
} from '@/sandbox/clerk/organizations/invitations'
import { metadataFrom, organizationOf } from '@/sandbox/clerk/organizations/params'
import type { OrganizationInvitationRecord } from '@/sandbox/clerk/organizations/records'
import {
  backendInvitationShape,
  receivedInvitationShape
} from '@/sandbox/clerk/organizations/shapes'
import { pageShape } from '@/sandbox/clerk/paging'
import { primaryAddress } from '@/sandbox/clerk/user-shapes'
import { getUser } from '@/sandbox/clerk/users'

const INVITATIONS = '/organizations/:id/invitations'
const MAX_BULK = 10

export function addBackendInvitations(app: Hono, instance: Instance): void {
  const shape = (invitation: OrganizationInvitationRecord) =>
    backendInvitationShape(instance, invitation, ticketUrl(instance, invitation.token)) as never
  const list = (
    c: Context,
    of: Partial<Pick<OrganizationInvitationRecord, 'organizationId' | 'address'>>
  ) => c.json(pageShape(c, invitationsOf(instance, of, c.req.queries('status')), shape) as never)
  const named = (c: Context) =>
    getInvitation(instance, organizationOf(c, instance).id, c.req.param('invitationId') ?? '')

  app.get(INVITATIONS, (c) => list(c, { organizationId: organizationOf(c, instance).id }))
  app.get('/organization_invitations', (c) => list(c, {}))
  app.get('/users/:userId/organization_invitations', (c) => {
    const address = primaryAddress(getUser(instance, c.req.param('userId')))
    const received = invitationsOf(instance, { address }, c.req.queries('status'))
    return c.json(
      pageShape(c, received, (i) => ({
        ...receivedInvitationShape(instance, i, ticketUrl(instance, i.token)),
        private_metadata: i.privateMetadata
      })) as never
    )
  })
  app.post(INVITATIONS, async (c) => {
    const input = inputFrom(await readParams(c))
    return c.json(shape(inviteMember(instance, organizationOf(c, instance), input)))
  })
  app.post(`${INVITATIONS}/bulk`, async (c) => {
    const inputs = Object.values(await readParams(c)).map((entry) => inputFrom(entry as Params))
    if (inputs.length === 0 || inputs.length > MAX_BULK) throw invalidValue('invitations')
    const organization = organizationOf(c, instance)
    const data = inputs.map((input) => inviteMember(instance, organization, input))
    return c.json({ data: data.map(shape), total_count: data.length })
  })
  app.get(`${INVITATIONS}/:invitationId`, (c) => c.json(shape(named(c))))
  app.post(`${INVITATIONS}/:invitationId/revoke`, (c) =>
    c.json(shape(revokeInvitation(instance, named(c))))
  )
}

function inputFrom(params: Params): InvitationInput {
  const address = text(params, 'email_address')
  if (!address) throw missingParam('email_address')
  const days = params.expires_in_days ?? undefined
  return {
    address,
    role: params.role,
    inviterId: text(params, 'inviter_user_id') ?? null,
    redirectUrl: text(params, 'redirect_url') ?? null,
    ...(days === undefined ? {} : { days: requireDays(days) }),
    ...metadataFrom(params)
  }
}

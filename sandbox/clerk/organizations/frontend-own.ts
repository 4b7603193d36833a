/** Frontend API: the user's own memberships and invitations. */
import type { Hono } from 'hono'
import { notFound } from '@/sandbox/clerk/errors'
import { requireSession, respondWithClient, route } from '@/sandbox/clerk/frontend/caller'
import { ticketUrl } from '@/sandbox/clerk/frontend/tickets'
import type { Instance } from '@/sandbox/clerk/instance'
import { requireEnabled } from '@/sandbox/clerk/organizations/enabled'
import { acceptInvitation, invitationsOf } from '@/sandbox/clerk/organizations/invitations'
import { findMembership } from '@/sandbox/clerk/organizations/memberships'
import { removeMember, requireAnotherAdmin } from '@/sandbox/clerk/organizations/organizations'
import { membershipShape, receivedInvitationShape } from '@/sandbox/clerk/organizations/shapes'
import { listOrPage, pageShape } from '@/sandbox/clerk/paging'
import { primaryAddress } from '@/sandbox/clerk/user-shapes'

export function addOwnOrganizations(app: Hono, instance: Instance): void {
  const { memberships, organizationInvitations } = instance.records

  route(app, instance, 'GET', '/v1/me/organization_memberships', (c, caller) => {
    const { user } = requireSession(c, instance, caller)
    const own = memberships.filter((m) => m.userId === user.id).reverse()
    return respondWithClient(
      c,
      instance,
      caller,
      listOrPage(c, own, (m) => membershipShape(instance, m))
    )
  })
  route(app, instance, 'DELETE', '/v1/me/organization_memberships/:id', (c, caller) => {
    const { user } = requireSession(c, instance, caller)
    const membership = findMembership(instance, c.req.param('id') ?? '', user.id)
    if (!membership) throw notFound('organization membership')
    requireAnotherAdmin(instance, membership)
    removeMember(instance, membership)
    return respondWithClient(c, instance, caller, {
      object: 'organization_membership',
      id: membership.id,
      deleted: true
    })
  })
  route(app, instance, 'GET', '/v1/me/organization_invitations', (c, caller) => {
    const { user } = requireSession(c, instance, caller)
    const own = invitationsOf(instance, { address: primaryAddress(user) }, c.req.queries('status'))
    const page = pageShape(c, own, (i) =>
      receivedInvitationShape(instance, i, ticketUrl(instance, i.token))
    )
    return respondWithClient(c, instance, caller, page)
  })
  route(app, instance, 'POST', '/v1/me/organization_invitations/:id/accept', (c, caller) => {
    requireEnabled(instance)
    const { user } = requireSession(c, instance, caller)
    const invitation = organizationInvitations.get(c.req.param('id') ?? '')
    if (invitation?.address !== primaryAddress(user)) throw notFound('organization invitation')
    const accepted = acceptInvitation(instance, invitation, user)
    return respondWithClient(c, instance, caller, receivedInvitationShape(instance, accepted, null))
  })
  addNoSuggestions(app, instance)
}

/** Suggestions and defaults come from verified domains, which are off. */
function addNoSuggestions(app: Hono, instance: Instance): void {
  route(app, instance, 'GET', '/v1/me/organization_suggestions', (c, caller) => {
    requireSession(c, instance, caller)
    return respondWithClient(c, instance, caller, { data: [], total_count: 0 })
  })
  route(app, instance, 'GET', '/v1/me/organization_creation_defaults', (c, caller) => {
    requireSession(c, instance, caller)
    const form = { name: '', slug: '', logo: null, blur_hash: null }
    return respondWithClient(c, instance, caller, { advisory: null, form })
  })
}

/** Frontend API: the organization that a page shows, its members and its invitations. */
import type { Hono } from 'hono'
import { missingParam } from '@/sandbox/clerk/errors'
import { requireSession, respondWithClient, route, text } from '@/sandbox/clerk/frontend/caller'
import { ticketUrl } from '@/sandbox/clerk/frontend/tickets'
import type { Instance } from '@/sandbox/clerk/instance'
import { requireEnabled } from '@/sandbox/clerk/organizations/enabled'
import { addFrontendMembers } from '@/sandbox/clerk/organizations/frontend-members'
import { addOwnOrganizations } from '@/sandbox/clerk/organizations/frontend-own'
import {
  getInvitation,
  invitationsOf,
  inviteMember,
  revokeInvitation
} from '@/sandbox/clerk/organizations/invitations'
import {
  createOrganization,
  deleteOrganization,
  saveOrganization
} from '@/sandbox/clerk/organizations/organizations'
import type {
  OrganizationInvitationRecord,
  OrganizationRecord
} from '@/sandbox/clerk/organizations/records'
import {
  type Access,
  type OrganizationRoute,
  organizationRoute
} from '@/sandbox/clerk/organizations/route'
import { invitationShape, organizationShape } from '@/sandbox/clerk/organizations/shapes'
import { pageShape } from '@/sandbox/clerk/paging'
import { readPicture } from '@/sandbox/clerk/pictures'

const ORGANIZATION = '/v1/organizations/:id'

export function addFrontendOrganizations(app: Hono, instance: Instance): void {
  const add = organizationRoute(app, instance)
  const shape = (organization: OrganizationRecord) => organizationShape(instance, organization)

  route(app, instance, 'POST', '/v1/organizations', (c, caller, params) => {
    requireEnabled(instance)
    const { user } = requireSession(c, instance, caller)
    const name = text(params, 'name')
    const slug = text(params, 'slug')
    if (!name) throw missingParam('name')
    const made = createOrganization(instance, { name, ...(slug ? { slug } : {}) }, user)
    return respondWithClient(c, instance, caller, shape(made))
  })
  add('GET', ORGANIZATION, undefined, (_, { organization }) => shape(organization))
  add('PATCH', ORGANIZATION, 'org:sys_profile:manage', (_, { organization, params }) => {
    const name = text(params, 'name')
    const slug = text(params, 'slug')
    const input = { ...(name ? { name } : {}), ...(slug ? { slug } : {}) }
    return shape(saveOrganization(instance, organization, input))
  })
  add('DELETE', ORGANIZATION, 'org:sys_profile:delete', (_, { organization }) =>
    deleteOrganization(instance, organization)
  )
  add('PUT', `${ORGANIZATION}/logo`, 'org:sys_profile:manage', async (_, access) =>
    shape(
      saveOrganization(instance, access.organization, { image: await readPicture(access.params) })
    )
  )
  add('DELETE', `${ORGANIZATION}/logo`, 'org:sys_profile:manage', (_, { organization }) => {
    const { image: __, ...rest } = organization
    return shape(saveOrganization(instance, rest))
  })
  addInvitations(add, instance)
  addFrontendMembers(add, instance)
  addOwnOrganizations(app, instance)
}

const INVITATIONS = `${ORGANIZATION}/invitations`
const MANAGE = 'org:sys_memberships:manage'

function addInvitations(add: OrganizationRoute, instance: Instance): void {
  const shape = (invitation: OrganizationInvitationRecord) =>
    invitationShape(instance, invitation, ticketUrl(instance, invitation.token))
  const invite = ({ user, organization, params }: Access, address: string) =>
    inviteMember(instance, organization, {
      address,
      role: params.role,
      inviterId: user.id,
      redirectUrl: text(params, 'redirect_url') ?? null
    })

  add('GET', INVITATIONS, MANAGE, (c, { organization }) =>
    pageShape(
      c,
      invitationsOf(instance, { organizationId: organization.id }, c.req.queries('status')),
      shape
    )
  )
  add('POST', INVITATIONS, MANAGE, (_, access) => {
    const address = text(access.params, 'email_address')
    if (!address) throw missingParam('email_address')
    return shape(invite(access, address))
  })
  add('POST', `${INVITATIONS}/bulk`, MANAGE, (_, access) => {
    const { email_address: given } = access.params
    const addresses = (Array.isArray(given) ? given : [given]).map(String).filter(Boolean)
    return addresses.map((address) => shape(invite(access, address)))
  })
  add('POST', `${INVITATIONS}/:invitationId/revoke`, MANAGE, (c, { organization }) =>
    shape(
      revokeInvitation(
        instance,
        getInvitation(instance, organization.id, c.req.param('invitationId') ?? '')
      )
    )
  )
}

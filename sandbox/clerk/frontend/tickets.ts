/**
 * The link of an invitation or a sign-in token: it leads to the app, which redeems the ticket.
 */
import type { Hono } from 'hono'
import { isAllowedOrigin } from '@/sandbox/clerk/allowed-origins'
import { apiError } from '@/sandbox/clerk/errors'
import type { Instance } from '@/sandbox/clerk/instance'
import { invitationStatus } from '@/sandbox/clerk/invitations'
import { acceptInvitation } from '@/sandbox/clerk/organizations/invitations'
import { invitationStatus as organizationInvitationStatus } from '@/sandbox/clerk/organizations/shapes'
import type { Metadata, UserRecord } from '@/sandbox/clerk/records'
import { findByEmail, getUser } from '@/sandbox/clerk/users'

/** The link, at the emulator's own address: real Clerk's is at its own, too. */
export const ticketUrl = ({ url }: Instance, token: string): string =>
  `${url}/v1/tickets/accept?ticket=${token}`

type Ticket = { redirectUrl: string | null; page: 'sign_in' | 'sign_up' }

export function addTicketLinks(app: Hono, instance: Instance): void {
  app.get('/v1/tickets/accept', (c) => {
    const token = c.req.query('ticket') ?? ''
    const ticket = findTicket(instance, token)
    if (!ticket) throw ticketInvalid()
    const url = targetOf(instance, ticket)
    url.searchParams.set('__clerk_ticket', token)
    url.searchParams.set('__clerk_status', ticket.page)
    return c.redirect(url.href, 303)
  })
}

function findTicket(instance: Instance, token: string): Ticket | undefined {
  if (instance.records.tickets.find((t) => t.token === token && t.status === 'pending'))
    return { redirectUrl: null, page: 'sign_in' }
  const invitation = pendingInvitation(instance, token)
  if (invitation) return { redirectUrl: invitation.redirectUrl, page: 'sign_up' }
  const toOrganization = pendingOrganizationInvitation(instance, token)
  if (!toOrganization) return undefined
  const page = findByEmail(instance, toOrganization.address) ? 'sign_in' : 'sign_up'
  return { redirectUrl: toOrganization.redirectUrl, page }
}

/** The invitation's page, else the account portal or the app's own page. */
function targetOf(instance: Instance, { redirectUrl, page }: Ticket): URL {
  if (redirectUrl && URL.canParse(redirectUrl) && isAllowedOrigin(instance, redirectUrl))
    return new URL(redirectUrl)
  const { accountPortal, allowedOrigins } = instance.options
  const base = accountPortal ? instance.url : (allowedOrigins[0] ?? instance.url)
  return new URL(page.replace('_', '-'), `${base}/`)
}

/**
 * The user of a sign-in token, an actor token or an invitation to an organization, which is accepted.
 */
export function redeemTicket(
  instance: Instance,
  token: string | undefined
): { user: UserRecord; actor?: Metadata; seconds?: number } {
  const invitation = pendingOrganizationInvitation(instance, token)
  const invited = invitation && findByEmail(instance, invitation.address)
  if (invited) {
    acceptInvitation(instance, invitation, invited)
    return { user: invited }
  }
  const ticket = instance.records.tickets.find((t) => t.token === token)
  if (!ticket || ticket.status === 'revoked') throw ticketInvalid()
  if (ticket.status === 'accepted') throw ticketUsed()
  if (ticket.expireAt <= instance.now()) throw ticketExpired()
  instance.records.tickets.put({ ...ticket, status: 'accepted', updatedAt: instance.now() })
  return {
    user: getUser(instance, ticket.userId),
    ...(ticket.actor ? { actor: ticket.actor } : {}),
    ...(ticket.sessionSeconds === undefined ? {} : { seconds: ticket.sessionSeconds })
  }
}

/** The address that a ticket invites to sign up. @throws ClerkApiError 400 */
export function invitedAddress(instance: Instance, token: string): string {
  const invitation =
    pendingInvitation(instance, token) ?? pendingOrganizationInvitation(instance, token)
  if (!invitation) throw ticketInvalid()
  return invitation.address
}

/** Accepts what the new user was invited to. */
export function acceptTicket(instance: Instance, token: string, user: UserRecord): void {
  const invitation = pendingInvitation(instance, token)
  if (invitation) {
    instance.records.invitations.put({
      ...invitation,
      status: 'accepted',
      updatedAt: instance.now()
    })
    user.publicMetadata = { ...user.publicMetadata, ...invitation.publicMetadata }
    instance.records.users.put(user)
  }
  const toOrganization = pendingOrganizationInvitation(instance, token)
  if (toOrganization) acceptInvitation(instance, toOrganization, user)
}

const pendingInvitation = (instance: Instance, token: string | undefined) =>
  instance.records.invitations.find(
    (i) => i.token === token && invitationStatus(instance, i) === 'pending'
  )

const pendingOrganizationInvitation = (instance: Instance, token: string | undefined) =>
  instance.records.organizationInvitations.find(
    (i) => i.token === token && organizationInvitationStatus(instance, i) === 'pending'
  )

const ticketUsed = () =>
  apiError(
    400,
    'sign_in_token_already_used_code',
    'Sign in token already used',
    'This sign in token has already been used.'
  )

const ticketExpired = () =>
  apiError(400, 'ticket_expired_code', 'Ticket is expired', 'The ticket has expired.', 'ticket')

const ticketInvalid = () =>
  apiError(400, 'ticket_invalid_code', 'Ticket is invalid', 'The ticket is invalid.', 'ticket')

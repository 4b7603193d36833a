/** Every method of the Backend SDK reaches a route, apart from those named here. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEmulator, type Target, targetOf } from '@/tests/contract/clerk/target'

/** Features that an instance with e-mail and password does not have. */
const NOT_EMULATED = [
  '__experimental_accountlessApplications',
  'agentTasks',
  'apiKeys',
  'betaFeatures',
  'billing',
  'emails',
  'enterpriseConnections',
  'idPOAuthAccessToken',
  'm2m',
  'machines',
  'oauthApplications',
  // Custom roles and permissions; the two default roles can be read.
  'organizationPermissions.createOrganizationPermission',
  'organizationPermissions.deleteOrganizationPermission',
  'organizationPermissions.updateOrganizationPermission',
  'organizationRoles.assignPermissionToOrganizationRole',
  'organizationRoles.createOrganizationRole',
  'organizationRoles.deleteOrganizationRole',
  'organizationRoles.removePermissionFromOrganizationRole',
  'organizationRoles.updateOrganizationRole',
  // Verified domains.
  'organizations.createOrganizationDomain',
  'organizations.deleteOrganizationDomain',
  'organizations.getOrganizationDomainList',
  'organizations.updateOrganizationDomain',
  'proxyChecks',
  'roleSets',
  'samlConnections',
  // Refresh tokens are an option of production instances.
  'sessions.refreshSession',
  'users.getUserOauthAccessToken',
  'waitlistEntries',
  'webhooks'
]

let target: Target
beforeAll(async () => {
  target = targetOf(await startEmulator({ organizations: true }))
})
afterAll(() => target.close())

type Method = (...args: unknown[]) => Promise<unknown>

/** `users.getUser` and so on, without what every API inherits. */
function methodsOf(client: object): [name: string, call: Method][] {
  return Object.entries(client).flatMap(([api, value]: [string, unknown]) => {
    if (typeof value !== 'object' || value === null || api === 'telemetry') return []
    const prototype: object = Object.getPrototypeOf(value)
    return Object.getOwnPropertyNames(prototype)
      .filter((name) => name !== 'constructor')
      .map((name): [string, Method] => {
        const method = Reflect.get(value, name) as Method
        return [`${api}.${name}`, (...args) => method.apply(value, args)]
      })
  })
}

/** Every id that some method reads. A method that takes an id as its first argument ignores them. */
const PARAMS = {
  ...Object.fromEntries(
    [
      ...['id', 'userId', 'organizationId', 'invitationId', 'domainId', 'templateId', 'slug'],
      ...['signUpAttemptId', 'emailMessageId', 'passkeyIdentificationId', 'externalAccountId'],
      ...['web3WalletIdentificationId', 'apiKeyId', 'machineId', 'm2mTokenId', 'permissionId'],
      ...['oauthApplicationId', 'organizationRoleId', 'roleSetKeyOrId', 'tokenId', 'grantId'],
      ...['organizationPermissionId', 'samlConnectionId', 'otherMachineId', 'password', 'code']
    ].map((name) => [name, 'x_1'])
  ),
  to: { userId: 'x_1' },
  file: new Blob(['x'], { type: 'image/png' })
}

/** Whether the call came to no route; undefined if the SDK made no request. */
async function reachesNoRoute(call: Method, args: unknown[]): Promise<boolean | undefined> {
  try {
    await call(...args)
    return false
  } catch (error) {
    const { status, errors } = error as { status?: number; errors?: { longMessage?: string }[] }
    if (status === undefined) return undefined
    return errors?.[0]?.longMessage === 'No route was found with that id.'
  }
}

test('every method reaches a route, and those that are not emulated do not', async () => {
  const missing: string[] = []
  const uncalled: string[] = []
  for (const [name, call] of methodsOf(target.client)) {
    const tries = [[PARAMS], ['x_1', PARAMS], ['x_1', 'x_1'], [[PARAMS]]]
    const results: (boolean | undefined)[] = []
    for (const args of tries) results.push(await reachesNoRoute(call, args))
    const [first] = results.filter((result) => result !== undefined)
    if (first === undefined) uncalled.push(name)
    else if (results.includes(true) && !results.includes(false)) missing.push(name)
  }
  const listed = (name: string) =>
    NOT_EMULATED.includes(name) || NOT_EMULATED.includes(name.split('.')[0] ?? '')
  expect(missing.filter((name) => !listed(name))).toEqual([])
  expect(uncalled.filter((name) => !listed(name))).toEqual([])
  const stale = NOT_EMULATED.filter(
    (entry) => !missing.some((name) => name === entry || name.startsWith(`${entry}.`))
  )
  expect(stale).toEqual([])
})

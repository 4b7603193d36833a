/** Backend API: settings of the instance. */
import type { Hono } from 'hono'
import { invalidValue } from '@/sandbox/clerk/errors'
import { type Params, readParams } from '@/sandbox/clerk/frontend/caller'
import type { Instance } from '@/sandbox/clerk/instance'
import { organizationLimits } from '@/sandbox/clerk/organizations/organizations'
import { ADMIN, MEMBER } from '@/sandbox/clerk/organizations/roles'
import { isOn, turn } from '@/sandbox/clerk/settings'

const RESTRICTIONS = [
  'allowlist',
  'blocklist',
  'block_email_subaddresses',
  'block_disposable_email_domains',
  'ignore_dots_for_gmail_addresses'
] as const

export function addInstance(app: Hono, instance: Instance): void {
  app.get('/instance', (c) => c.json(instanceShape(instance)))
  app.patch('/instance', async (c) => {
    const { allowed_origins } = await readParams(c)
    if (allowed_origins !== undefined) setOrigins(instance, allowed_origins)
    return c.body(null, 204)
  })
  app.patch('/instance/restrictions', async (c) => {
    const params = await readParams(c)
    for (const name of RESTRICTIONS)
      if (typeof params[name] === 'boolean') turn(instance, name, params[name])
    return c.json(restrictionsShape(instance))
  })
  app.get('/instance/organization_settings', (c) => c.json(organizationSettings(instance)))
  app.patch('/instance/organization_settings', async (c) => {
    const { enabled }: Params = await readParams(c)
    if (typeof enabled === 'boolean') turn(instance, 'organizations', enabled)
    return c.json(organizationSettings(instance))
  })
}

/** Replaces the origins that were added before; those of the options stay. */
function setOrigins(instance: Instance, given: unknown): void {
  if (!Array.isArray(given) || !given.every((o) => typeof o === 'string' && URL.canParse(o)))
    throw invalidValue('allowed_origins')
  const { origins } = instance.records
  for (const { id } of origins.all()) origins.delete(id)
  for (const origin of given) origins.put({ id: new URL(origin).origin })
}

const instanceShape = ({ id, options, records }: Instance) => ({
  object: 'instance',
  id,
  environment_type: 'development',
  allowed_origins: [...options.allowedOrigins, ...records.origins.all().map((o) => o.id)],
  workspace_id: null
})

const restrictionsShape = (instance: Instance) => ({
  object: 'instance_restrictions',
  ...Object.fromEntries(RESTRICTIONS.map((name) => [name, isOn(instance, name)])),
  allowlist_blocklist_disabled_on_sign_in: false
})

const organizationSettings = (instance: Instance) => ({
  object: 'organization_settings',
  enabled: isOn(instance, 'organizations'),
  max_allowed_memberships: organizationLimits.memberships,
  max_allowed_roles: 10,
  max_allowed_permissions: 50,
  max_allowed_domains: 0,
  creator_role: ADMIN,
  admin_delete_enabled: true,
  domains_enabled: false,
  slug_disabled: false,
  domains_enrollment_modes: [],
  domains_default_role: MEMBER,
  initial_role_set_key: 'role_set:default'
})

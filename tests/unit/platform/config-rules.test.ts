import { expect, it } from 'vitest'
import { configProblems } from '@/lib/platform/config-rules'
import { planVendors, VENDOR_VARIABLES } from '@/scripts/stack/vendors'

it('a deployment does not start with the placeholders of this repository, and names each', () => {
  expect(configProblems()).toEqual([
    'pangea.config.ts: brand.support.email is a placeholder.',
    'pangea.config.ts: company.address is a placeholder.',
    'pangea.config.ts: company.securityEmail is a placeholder.',
    'pangea.config.ts: mail.sender is a placeholder.',
    'pangea.config.ts: approved.legal has no date. Review the texts in app/(site), then set the day of approval.',
    'pangea.config.ts: approved.fees has no date. Review fees, then set the day of approval.',
    'pangea.config.ts: approved.yield has no date. Review treasuryYield, then set the day of approval.'
  ])
  const keys = Object.fromEntries(
    [...Object.values(VENDOR_VARIABLES).flat(), 'ENCRYPTION_KEYS', 'AUDIT_KEYS', 'CRON_SECRET']
      .concat('JIKO_WEBHOOK_SECRETS')
      .map((name) => [name, 'set'])
  )
  const planned = planVendors({ ...keys, SANDBOX: 'off', APP_URL: 'https://bank.test' })
  expect(planned).toMatchObject({ problems: expect.arrayContaining(configProblems()) })
})

it('a laptop does', () => {
  expect(planVendors({})).toHaveProperty('plan')
})

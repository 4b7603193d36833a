import type { Metadata } from 'next'
import { findAdmin } from '@/app/_lib/admin-session'
import { loadOnboardingReport } from '@/app/_lib/pages/load-onboarding-report'
import { EncryptionKeys } from '@/components/admin/encryption-keys'
import { FailedJobs } from '@/components/admin/failed-jobs'
import { IncidentList } from '@/components/admin/incident-list'
import { OnboardingReport } from '@/components/admin/onboarding-report'
import { OrphanedItems } from '@/components/admin/orphaned-items'
import { VendorHealth } from '@/components/admin/vendor-health'
import { PageHeading } from '@/components/ui/card'
import { vendorHealth } from '@/lib/platform/telemetry/metrics'
import { DataService, PangeaService } from '@/lib/services'

export const metadata: Metadata = { title: 'Administration' }

const REPORT_DAYS = 30

export default async function AdminPage() {
  const admin = await findAdmin('/admin')
  if (!admin) return null
  const [incidents, vendors, failedJobs, orphaned, keys, encryption, onboarding] =
    await Promise.all([
      PangeaService.findIncidents(),
      DataService.listVendorStats(),
      DataService.listFailedJobs(),
      DataService.listOrphanedItems(),
      PangeaService.listKeyUse(),
      DataService.checkEncryption(),
      loadOnboardingReport(REPORT_DAYS)
    ])
  const health = vendorHealth()
  const vendorStates = vendors.map((vendor) => ({
    ...vendor,
    state: health[vendor.service as keyof typeof health]?.state ?? 'closed'
  }))
  return (
    <>
      <PageHeading title="Administration">Service health and failed jobs.</PageHeading>
      <div className="mt-7 space-y-6">
        <IncidentList incidents={incidents} />
        <VendorHealth vendors={vendorStates} />
        <FailedJobs jobs={failedJobs} />
        <OnboardingReport days={REPORT_DAYS} report={onboarding} />
        <EncryptionKeys keys={keys} health={encryption} />
        <OrphanedItems {...orphaned} />
      </div>
    </>
  )
}

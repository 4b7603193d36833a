import { route } from '@/app/_lib/route'
import { WireVendors } from '@/lib/api/admin'
import { DataService } from '@/lib/services'

export const GET = route(
  {
    summary: 'The health of every vendor.',
    auth: 'admin',
    limit: 'admin.read',
    response: WireVendors
  },
  async () => ({
    items: await DataService.listVendorStats()
  })
)

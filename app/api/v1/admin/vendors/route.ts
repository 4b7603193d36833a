import { answer, handleAdmin } from '@/app/api/handle'
import { DataService } from '@/lib/services'

export const GET = handleAdmin(async (admin) => answer({ items: await DataService.listVendorRecords(admin) }))

import { handleSensitive } from '@/app/api/handle'
import { PangeaService } from '@/lib/services'
import { zipOf } from './zip'

export const GET = handleSensitive(async (person) => {
  const files = await PangeaService.exportMyData(person)
  const name = `pangea-${new Date().toISOString().slice(0, 10)}.zip`
  return new Response(zipOf(files), {
    headers: { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' }
  })
})

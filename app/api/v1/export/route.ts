import { createZip } from '@/app/_lib/export-zip'
import { route } from '@/app/_lib/route'
import { PangeaService } from '@/lib/services'

export const GET = route(
  { auth: 'user', live: true, limit: 'me.export', response: ['application/zip'] },
  async ({ actor }) => {
    const files = await PangeaService.exportMyData(actor)
    const name = `pangea-${new Date().toISOString().slice(0, 10)}.zip`
    return new Response(createZip(files), {
      headers: {
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store'
      }
    })
  }
)

import { createZip } from '@/app/_lib/export-zip'
import { route } from '@/app/_lib/route'
import { PangeaService } from '@/lib/services'

/** Checks the step-up before the browser starts the download, which could not ask for it. */
export const POST = route(
  {
    summary: 'Whether the export may be downloaded now.',
    auth: 'user',
    limit: 'me.export_check',
    stepUp: '10m',
    response: null
  },
  async () => null
)

export const GET = route(
  {
    summary: 'All of the user’s data as a ZIP file.',
    auth: 'user',
    stepUp: '10m',
    limit: 'me.export',
    response: ['application/zip']
  },
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

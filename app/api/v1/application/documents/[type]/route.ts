import { route } from '@/app/_lib/route'
import { serializeDocument } from '@/app/_lib/serializers/resources'
import { ByType } from '@/lib/api/params'
import { DocumentsResponse } from '@/lib/api/responses'
import { UPLOAD_TYPE } from '@/lib/domain/onboarding/documents'
import { PangeaService } from '@/lib/services'

/** The body is the file, streamed to Jiko. */
export const POST = route(
  {
    summary: 'Upload one document that Jiko asks for.',
    auth: 'user',
    limit: 'application.document',
    params: ByType,
    body: { contentType: UPLOAD_TYPE },
    errors: ['conflict', 'invalid', 'too_large', 'unsupported_media_type', 'refused'],
    response: DocumentsResponse,
    enqueues: true
  },
  async ({ actor, params, request }) => {
    const length = request.headers.get('content-length')
    const contentType = request.headers.get('content-type') ?? ''
    const upload = {
      type: params.type,
      contentType,
      length: length === null ? null : Number(length),
      body: request.body
    }
    const { status, documents } = await PangeaService.uploadDocument(actor, upload)
    return { status, documents: documents.map(serializeDocument) }
  }
)

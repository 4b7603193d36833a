import { after } from 'next/server'
import { answer, handlePerson } from '@/app/api/handle'
import { toWireDocument } from '@/app/wire'
import type { WireDocuments } from '@/lib/api/answers'
import { UPLOAD_TYPE } from '@/lib/domain/documents'
import { PangeaService } from '@/lib/services'

/** The body is the file itself, passed on to the bank as it arrives. */
export const POST = handlePerson<{ type: string }>(async (person, request, { type }) => {
  const length = request.headers.get('content-length')
  const contentType = request.headers.get('content-type') ?? ''
  const upload = { type, contentType, length: length === null ? null : Number(length), body: request.body }
  const { status, documents } = await PangeaService.uploadDocument(person, upload)
  after(PangeaService.nudgeDrain)
  return answer({ status, documents: documents.map(toWireDocument) } satisfies WireDocuments)
}, UPLOAD_TYPE)

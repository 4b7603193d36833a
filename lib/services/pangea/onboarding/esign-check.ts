/**
 * Before somebody may agree to receive documents electronically, they have to show that they can open them (E-SIGN Act, 15 USC 7001(c)(1)(C)(ii)):
 * a page in the format of the bank's documents carries a number that stands nowhere else, and the person types it in.
 */
import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import { decrypt, deriveCode, encrypt } from '@/lib/platform/crypto'
import { RequestError } from '@/lib/platform/errors'
import { createPdf } from '@/lib/platform/pdf'

/** The page is opened in a tab of its own, whose session may have ended: the address itself says, sealed, which number to show. */
const ENCRYPTION_CONTEXT = { table: 'test_page', row: '', owner: '' }

/** The same for one person and one version of the documents, so that a page opened earlier stays good. */
const codeFor = ({ userId }: UserActor, version: string): string =>
  deriveCode(`test page\n${userId}\n${version}`)

/** Names the test page that belongs to this person and these documents. */
export const createTestPageToken = (actor: UserActor, version: string): string =>
  encrypt(codeFor(actor, version), ENCRYPTION_CONTEXT)

/** The page as a PDF file. @throws RequestError not_found. */
export function renderTestPage(name: string): Uint8Array {
  const number = decryptCode(name)
  return createPdf('You can open this document', [
    'Jiko sends its documents as PDF files like this one.',
    'To show that you can read them, go back and type this number:',
    '',
    number
  ])
}

function decryptCode(name: string): string {
  try {
    return decrypt(name, ENCRYPTION_CONTEXT)
  } catch {
    throw new RequestError('not_found', 'This page does not exist.')
  }
}

/** @throws RequestError invalid when the number is not the one on the person's test page. */
export function requireEsignCheck(actor: UserActor, version: string, typedCode: string): void {
  if (typedCode === codeFor(actor, version)) return
  throw new RequestError('invalid', 'Please check the highlighted fields.', {
    fields: { shown: 'That is not the number on the test page. Open the test page and look again' }
  })
}

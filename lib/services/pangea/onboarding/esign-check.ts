/**
 * Before agreeing to electronic documents, users must show that they can open them (E-SIGN Act, 15
 * USC 7001(c)(1)(C)(ii)): a PDF shows a number that they enter.
 */
import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import { decrypt, deriveCode, encrypt, equalsSecret } from '@/lib/platform/crypto'
import { RequestError } from '@/lib/platform/errors'
import { createPdf } from '@/lib/platform/pdf'

/**
 * The PDF opens in a new tab whose session may have ended, so the URL itself carries the encrypted
 * number.
 */
const ENCRYPTION_CONTEXT = { table: 'test_page', row: '', owner: '' }

/** Constant per user and agreements version, so that an already open page stays valid. */
const codeFor = ({ userId }: UserActor, version: string): string =>
  deriveCode(`test page\n${userId}\n${version}`)

/** The page token for this user and agreements version. */
export const createTestPageToken = (actor: UserActor, version: string): string =>
  encrypt(codeFor(actor, version), ENCRYPTION_CONTEXT)

/** The test page as a PDF. @throws RequestError not_found. */
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

/** @throws RequestError invalid if the number does not match the user's test page. */
export function requireEsignCheck(actor: UserActor, version: string, typedCode: string): void {
  if (equalsSecret(typedCode, codeFor(actor, version))) return
  throw new RequestError('invalid', 'Please check the highlighted fields.', {
    fields: { shown: 'That is not the number on the test page. Open the test page and look again' }
  })
}

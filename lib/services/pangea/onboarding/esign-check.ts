/**
 * Before agreeing to electronic documents, users must show that they can open them (E-SIGN Act, 15
 * USC 7001(c)(1)(C)(ii)): a PDF has a link that they follow, and a number that they can type
 * instead.
 */
import 'server-only'
import { z } from 'zod'
import { systemActor, type UserActor } from '@/lib/domain/users/actor'
import { decrypt, deriveCode, encrypt, equalsSecret, randomToken } from '@/lib/platform/crypto'
import { env } from '@/lib/platform/env'
import { RequestError } from '@/lib/platform/errors'
import { createPdf } from '@/lib/platform/files/pdf'
import * as DataService from '@/lib/services/data'
import { requireLinkLimit } from '@/lib/services/pangea/rate-limits'
import { brand } from '@/pangea.config'

const app = systemActor('esign_link')
const LINK_TTL_MS = 24 * 3_600_000

/** The PDF opens in a new tab whose session may have ended, so its address has all it shows. */
const ENCRYPTION_CONTEXT = { table: 'test_page', row: '', owner: '' }
const TestPage = z.object({ number: z.string(), token: z.string() })

/** Constant per user and agreements version, so that an already open page stays valid. */
const codeFor = ({ userId }: UserActor, version: string): string =>
  deriveCode(`test page\n${userId}\n${version}`)

/** The encrypted name of a test page, with a link of its own, for this user and version. */
export async function createTestPage(actor: UserActor, version: string): Promise<string> {
  const token = randomToken()
  await DataService.ensureUser(actor)
  await DataService.saveEsignLink(actor, { version, token, ttlMs: LINK_TTL_MS })
  const page: z.infer<typeof TestPage> = { number: codeFor(actor, version), token }
  return encrypt(JSON.stringify(page), ENCRYPTION_CONTEXT)
}

/** The test page as a PDF. @throws RequestError not_found. */
export function renderTestPage(name: string): Uint8Array {
  const { number, token } = readPage(name)
  return createPdf('You can open this document', [
    'Jiko sends its documents as PDF files like this one.',
    'To show that you can read them, follow this link. It works once and needs no sign-in.',
    '',
    // The token is in the fragment, which browsers send to no server.
    { text: 'I can read this', url: `${env().appUrl}/esign#${token}` },
    '',
    `If the link does not open, go back to ${brand.name} and type this number instead:`,
    '',
    number
  ])
}

function readPage(name: string): z.infer<typeof TestPage> {
  try {
    return TestPage.parse(JSON.parse(decrypt(name, ENCRYPTION_CONTEXT)))
  } catch {
    throw new RequestError('not_found', 'This page does not exist.')
  }
}

const REFUSALS: Record<Exclude<DataService.EsignLinkOutcome, 'shown'>, RequestError> = {
  used: new RequestError(
    'conflict',
    `This link was used before. Go back to ${brand.name} and continue there.`
  ),
  expired: new RequestError(
    'conflict',
    `This link has expired. Go back to ${brand.name}, reload the page and open the test page again.`
  ),
  unknown: new RequestError(
    'not_found',
    `This link is not complete. Open it from the test page again, or type the number in ${brand.name}.`
  )
}

/**
 * "I can read this": the user of the link showed that they can open PDF files. Needs no session.
 * @throws RequestError conflict, not_found, too_many_requests.
 */
export async function confirmReadable({ token }: { token: string }): Promise<void> {
  await requireLinkLimit(token)
  const outcome = await DataService.redeemEsignLink(app, token)
  if (outcome !== 'shown') throw REFUSALS[outcome]
}

/** How the user showed that they can open PDF files. @throws RequestError invalid if they did not. */
export function requireDemonstration(
  actor: UserActor,
  version: string,
  { shown, typedCode }: { shown: boolean; typedCode: string }
): DataService.Demonstration {
  if (shown) return 'a link in a PDF test page'
  if (typedCode && equalsSecret(typedCode, codeFor(actor, version)))
    return 'a number from a PDF test page'
  throw new RequestError('invalid', 'Please check the highlighted fields.', {
    fields: {
      shown: typedCode
        ? 'That is not the number on the test page. Open the test page and look again'
        : 'Open the test page and follow its link, or enter the number that it shows'
    }
  })
}

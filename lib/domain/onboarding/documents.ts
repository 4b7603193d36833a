/**
 * The documents Jiko may request: what each proves, its size limit and how to fix a rejected one.
 */
import type { RequestedDocument } from '@/lib/domain/onboarding/application'
import type { Text, TextKey } from '@/lib/domain/text/text'

/**
 * The only content type that Jiko documents (contracts: Jiko §2). The browser converts photos to
 * it.
 */
export const UPLOAD_TYPE = 'image/png'
/** 4 MB. Jiko accepts 5 MB, but hosts such as Vercel refuse request bodies above 4.5 MB. */
export const MAX_UPLOAD_BYTES = 4_000_000

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Whether the file starts with the PNG signature. */
export const isPng = (start: Uint8Array): boolean =>
  PNG.every((byte, index) => start[index] === byte)

type Label<Wording> = { name: Wording; hint: Wording; camera: 'user' | 'environment' }

const DOCUMENT_LABELS: Record<string, Label<TextKey<'onboarding'>>> = {
  PASSPORT: { name: 'Passport', hint: 'The page with your photo.', camera: 'environment' },
  ID_FRONT: {
    name: 'ID card, front',
    hint: 'Driver’s license or state ID, the side with your photo.',
    camera: 'environment'
  },
  ID_BACK: {
    name: 'ID card, back',
    hint: 'The other side of the same card.',
    camera: 'environment'
  },
  ID_BARCODE: {
    name: 'ID card, barcode',
    hint: 'A close photo of the barcode on the back.',
    camera: 'environment'
  },
  SELFIE: {
    name: 'Photo of you',
    hint: 'Your face from the front, in good light, without sunglasses.',
    camera: 'user'
  },
  IDENTIFICATION_NUMBER_VERIFICATION: {
    name: 'Proof of your Social Security number',
    hint: 'Your Social Security card, or a tax form that shows your name and the whole number.',
    camera: 'environment'
  },
  ADDRESS_VERIFICATION: {
    name: 'Proof of your address',
    hint: 'A utility bill, bank statement or lease from the last three months with your name and address.',
    camera: 'environment'
  }
}

/** The label of a document type. Jiko's list of types may grow. */
export function documentLabel(type: string, text: Text<'onboarding'>): Label<string> {
  const known = DOCUMENT_LABELS[type]
  if (known) return { ...known, name: text(known.name), hint: text(known.hint) }
  const words = type.toLowerCase().replaceAll('_', ' ')
  return {
    name: words.charAt(0).toUpperCase() + words.slice(1),
    hint: text('A photo that shows the whole document.'),
    camera: 'environment'
  }
}

export type DocumentGroup = {
  title: TextKey<'onboarding'>
  why: TextKey<'onboarding'>
  types: readonly string[]
}

const GROUPS: readonly DocumentGroup[] = [
  {
    title: 'Who you are',
    why: 'Federal law requires Jiko to confirm who you are, and your details alone were not enough. Send a photo of your passport, or of both sides of your ID card.',
    types: ['PASSPORT', 'ID_FRONT', 'ID_BACK', 'ID_BARCODE']
  },
  {
    title: 'A photo of you',
    why: 'Jiko compares it with the photo in your passport or on your ID card.',
    types: ['SELFIE']
  },
  {
    title: 'Your Social Security number',
    why: 'Jiko could not match the number with your name and date of birth.',
    types: ['IDENTIFICATION_NUMBER_VERIFICATION']
  },
  {
    title: 'Your address',
    why: 'Jiko could not confirm that you live at the address you gave.',
    types: ['ADDRESS_VERIFICATION']
  }
]

/** Requested documents grouped by what they prove. */
export function groupDocuments<T extends { type: string }>(
  documents: readonly T[]
): { group: DocumentGroup; documents: T[] }[] {
  const known = new Set(GROUPS.flatMap(({ types }) => types))
  const more: DocumentGroup = {
    title: 'More documents',
    why: 'Jiko asked for these as well.',
    types: []
  }
  const belongs = (type: string, { types }: DocumentGroup) =>
    types.length > 0 ? types.includes(type) : !known.has(type)
  const sorted = [...GROUPS, more].map((group) => ({
    group,
    documents: documents.filter(({ type }) => belongs(type, group))
  }))
  const order =
    ({ types }: DocumentGroup) =>
    (a: T, b: T) =>
      types.indexOf(a.type) - types.indexOf(b.type)
  return sorted
    .filter((entry) => entry.documents.length > 0)
    .map((entry) => ({ ...entry, documents: entry.documents.toSorted(order(entry.group)) }))
}

const isDocumentSent = ({ status }: RequestedDocument) =>
  status === 'PENDING_REVIEW' || status === 'APPROVED'

/**
 * Whether the sent documents identify the user. A passport and both sides of an ID card are
 * alternatives: Jiko requests all at once and does not say that it needs all (contracts: Jiko §2).
 */
function isIdentified(documents: readonly RequestedDocument[]): boolean {
  const sent = new Set(documents.filter(isDocumentSent).map(({ type }) => type))
  return sent.has('PASSPORT') || (sent.has('ID_FRONT') && sent.has('ID_BACK'))
}

const isIdentityDocument = (type: string) => GROUPS[0]?.types.includes(type) ?? false

/** Whether every requested document was sent. */
export function allDocumentsSent(documents: readonly RequestedDocument[]): boolean {
  const open = documents.filter((document) => !isDocumentSent(document)).map(({ type }) => type)
  return (
    documents.length > 0 &&
    open.every((type) => isIdentityDocument(type) && isIdentified(documents))
  )
}

/**
 * The documents of `types` that only a flag asks for. None while Jiko's own list asks for one of
 * them, and none for an identified user.
 */
export function unlistedDocuments(
  listed: readonly RequestedDocument[],
  types: readonly string[]
): RequestedDocument[] {
  if (listed.some((document) => types.includes(document.type) && !isDocumentSent(document)))
    return []
  const missing = types.filter(
    (type) =>
      !listed.some((document) => document.type === type) &&
      !(isIdentityDocument(type) && isIdentified(listed))
  )
  return missing.map((type) => ({ id: type, type, status: 'PENDING_UPLOAD', reason: null }))
}

/** Jiko publishes only one reason; the others are matched by keywords (contracts: Jiko §2). */
const REJECTION_REASONS: readonly [RegExp, TextKey<'onboarding'>][] = [
  [/EXPIRED/i, 'The document is no longer valid. Send one that has not expired.'],
  [
    /GLARE|REFLECT/i,
    'A reflection hides part of it. Take the photo again without flash, away from bright light.'
  ],
  [/BLUR|FOCUS/i, 'The photo is blurred. Hold the camera still and take it again.'],
  [
    /CUT_?OFF|CROP|CORNER/i,
    'Part of it is cut off or too small to read. Take the photo again with all four corners in the picture.'
  ],
  [
    /QUALITY|DARK|RESOLUTION/i,
    'The photo is hard to read. Take it again in good light, close enough to read every word.'
  ],
  [
    /NAME|MISMATCH|MATCH/i,
    'It does not match the details in your application. Send a document with the same name and details.'
  ],
  [
    /TYPE|UNSUPPORTED|WRONG/i,
    'It is not the document that was asked for. Check which one is needed and send that.'
  ]
]

const UNKNOWN_REASON =
  'Jiko could not use this one. Take a new photo that shows the whole document, in good light.'

/** Why Jiko rejected a document and how to fix it. */
export const rejectionReason = (reason: string | null): TextKey<'onboarding'> =>
  REJECTION_REASONS.find(([pattern]) => pattern.test(reason ?? ''))?.[1] ?? UNKNOWN_REASON

/** A reason that the API has given, in the user's language. */
export function translateReason(reason: string, text: Text<'onboarding'>): string {
  const known = [UNKNOWN_REASON, ...REJECTION_REASONS.map(([, one]) => one)] as const
  const key = known.find((one) => one === reason)
  return key ? text(key) : reason
}

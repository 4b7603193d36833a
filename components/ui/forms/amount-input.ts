import { amountHint, parseAmount } from '@/lib/domain/money/amount-input'
import { fault, isApiError } from '@/components/lib/api'

type Way = { field: string; locale: string; currency: string }

/**
 * Sends an amount that was typed as this person writes it. One that cannot be read goes as none, so that the answer tells of every field at once; its
 * sentence then shows how to write it. @throws ApiError.
 */
export async function sendAmount<T>(
  typed: string,
  { field, locale, currency }: Way,
  send: (plain: string) => Promise<T>
): Promise<T> {
  const plain = parseAmount(typed, { locale, currency })
  try {
    return await send(plain ?? '')
  } catch (thrown) {
    if (plain !== null || !isApiError(thrown) || !thrown.fields[field]) throw thrown
    throw fault(
      thrown.status,
      thrown.code,
      thrown.message,
      { ...thrown.fields, [field]: amountHint({ locale, currency }) },
      thrown.reference
    )
  }
}

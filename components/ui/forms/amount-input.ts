import { createApiError, isApiError } from '@/components/lib/api'
import { amountHint, parseAmount } from '@/lib/domain/money/amount-input'

type AmountInputOptions = { field: string; locale: string; currency: string }

/**
 * Sends an amount that was typed as this person writes it. One that cannot be read goes as none, so that the answer tells of every field at once; its
 * sentence then shows how to write it. @throws ApiError.
 */
export async function sendAmountInput<T>(
  input: string,
  { field, locale, currency }: AmountInputOptions,
  send: (decimal: string) => Promise<T>
): Promise<T> {
  const decimal = parseAmount(input, { locale, currency })
  try {
    return await send(decimal ?? '')
  } catch (thrown) {
    if (decimal !== null || !isApiError(thrown) || !thrown.fields[field]) throw thrown
    throw createApiError(
      thrown.status,
      thrown.code,
      thrown.message,
      { ...thrown.fields, [field]: amountHint({ locale, currency }) },
      thrown.reference
    )
  }
}

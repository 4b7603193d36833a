import { createApiError, isApiError } from '@/components/lib/api'
import { browserText } from '@/components/text/browser-text'
import { amountHint, parseAmount } from '@/lib/domain/money/amount-input'

type AmountInputOptions = { field: string; locale: string; currency: string }

/**
 * Submits an amount in the user's locale. An unreadable one is sent as absent, so that the response
 * has the errors of all fields; its message then shows the format. @throws ApiError.
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
      { ...thrown.fields, [field]: amountHint({ locale, currency }, browserText()) },
      thrown.reference
    )
  }
}

import { randomUUID } from 'node:crypto'
import { type IntegrationError, isIntegrationError } from '@/lib/platform/errors'
import * as BankingService from '@/lib/services/jiko'
import { applicationFacts, SSN } from '@/tests/support/jiko'

export const create = (
  facts = applicationFacts(),
  ssn = SSN,
  idempotencyKey: string = randomUUID()
) => BankingService.createApplication({ facts, ssn, idempotencyKey })

export const thrownBy = async (run: Promise<unknown>): Promise<IntegrationError> => {
  const thrown: unknown = await run.then(
    () => null,
    (error: unknown) => error
  )
  if (!isIntegrationError(thrown)) throw new Error('expected an IntegrationError')
  return thrown
}

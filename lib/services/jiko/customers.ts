/** The customer that an approval creates (contracts: Jiko §2). */
import 'server-only'
import { type CallContext, callJiko } from '@/lib/services/jiko/client'
import { JikoCustomer } from '@/lib/services/jiko/wire'

/** The legal name in the approved application. @throws IntegrationError NOT_FOUND. */
export async function getCustomerName(
  request: { customerId: string } & CallContext
): Promise<string> {
  const { customerId, userId } = request
  const { name } = await callJiko(
    { method: 'GET', route: '/api/v1/customers/{customer_id}/', ids: [customerId], userId },
    JikoCustomer
  )
  return [name.first_name, name.middle_name, name.last_name].filter(Boolean).join(' ')
}

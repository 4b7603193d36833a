/** Customers are created by approval only. */
import { getApplication, getCustomer, type Jiko } from '@/sandbox/jiko/state'

export function addCustomers(jiko: Jiko): void {
  jiko.sandbox.app.get('/api/v1/customers/:id/', (c) => {
    const customer = getCustomer(jiko, c.req.param('id'))
    const { fields } = getApplication(jiko, customer.applicationId)
    const open = jiko.records.pockets.find(
      ({ customer_id, status }) => customer_id === customer.id && status === 'OPEN'
    )
    return c.json({
      id: customer.id,
      type: 'INDIVIDUAL',
      account_status: open ? 'OPEN' : 'PENDING',
      name: fields.name,
      email: fields.email,
      phone_number: fields.phone_number,
      date_of_birth: { date_of_birth: fields.date_of_birth },
      address: fields.address,
      object_type: 'Customer'
    })
  })
}

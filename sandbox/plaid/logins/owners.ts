/** Who owns the accounts, for Identity. */
import type { Owner } from '@/sandbox/plaid/logins/bank-data'

export const DEFAULT_OWNER: Owner = {
  names: ['Alberta Bobbeth Charleson'],
  emails: [
    { data: 'accountholder0@example.com', primary: true, type: 'primary' },
    { data: 'accountholder1@example.com', primary: false, type: 'secondary' }
  ],
  phone_numbers: [
    { data: '1112223333', primary: false, type: 'home' },
    { data: '1112224444', primary: true, type: 'mobile1' }
  ],
  addresses: [
    {
      data: {
        street: '2992 Cameron Road',
        city: 'Malakoff',
        region: 'NY',
        postal_code: '14236',
        country: 'US'
      },
      primary: true
    }
  ]
}

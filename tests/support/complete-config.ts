/** `pangea.config.ts` without placeholders, as a deployment has it. */
import { approved, brand, company, mail } from '@/pangea.config'

/** @returns a function that restores the placeholders. */
export function completeConfig(): () => void {
  const parts = [approved, brand.support, company, mail] as const
  const before = parts.map((part) => ({ ...part }))
  Object.assign(approved, { legal: '2026-11-01', fees: '2026-11-01', yield: '2026-11-01' })
  Object.assign(brand.support, { email: 'help@bank.test' })
  Object.assign(company, { address: '1 Main Street', securityEmail: 'security@bank.test' })
  Object.assign(mail, { sender: 'Bank <no-reply@bank.test>' })
  return () => {
    for (const [index, part] of parts.entries()) Object.assign(part, before[index])
  }
}

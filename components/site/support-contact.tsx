import { brand } from '@/pangea.config'

const LINK = 'underline underline-offset-2'

/** How to reach a person. On every page that a user cannot leave by their own action. */
export function SupportContact({ className }: { className?: string }) {
  const { email, phone } = brand.support
  return (
    <p className={className}>
      <span>Need help? E-mail </span>
      <a className={LINK} href={`mailto:${email}`}>
        {email}
      </a>
      <span> or call </span>
      <a className={`${LINK} whitespace-nowrap`} href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
        {phone}
      </a>
    </p>
  )
}

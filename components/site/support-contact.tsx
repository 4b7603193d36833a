import { useText } from '#text'
import { brand } from '@/pangea.config'

const LINK = 'underline underline-offset-2'

/** How to reach a person. On every page that a user cannot leave by their own action. */
export function SupportContact({ className }: { className?: string }) {
  const text = useText('common')
  const { email, phone } = brand.support
  return (
    <p className={className}>
      {text.rich('Need help? E-mail <email></email> or call <phone></phone>', {
        email: () => (
          <a key="email" className={LINK} href={`mailto:${email}`}>
            {email}
          </a>
        ),
        phone: () => (
          <a
            key="phone"
            className={`${LINK} whitespace-nowrap`}
            href={`tel:${phone.replace(/[^+\d]/g, '')}`}
          >
            {phone}
          </a>
        )
      })}
    </p>
  )
}

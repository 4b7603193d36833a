import { CircleCheck, TriangleAlert } from 'lucide-react'
import type { Metadata } from 'next'
import { useText } from '#text'
import { getText } from '@/app/_lib/text'
import { Article, Part } from '@/components/site/article'
import { SupportContact } from '@/components/site/support-contact'
import type { Incident } from '@/lib/domain/health/incident'
import { dateTimeFormat } from '@/lib/domain/intl'
import type { PageLanguage } from '@/lib/domain/text/languages'
import type { TextKey } from '@/lib/domain/text/text'
import { localeFor } from '@/lib/domain/users/preferences'
import { isIntegrationError } from '@/lib/platform/errors'
import { PangeaService } from '@/lib/services'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('site')
  return { title: text('Status') }
}

const PARTS: { service: string; label: TextKey<'site'> }[] = [
  { service: 'clerk', label: 'Signing in (Clerk)' },
  { service: 'jiko', label: 'Accounts and transfers (Jiko)' },
  { service: 'plaid', label: 'Other banks (Plaid)' },
  { service: 'pangea', label: 'Updates of your data' }
]

/** What users notice of vendors as a whole. Problems of single banks are on the connections page. */
export default async function StatusPage() {
  const text = await getText('site')
  const incidents = await findIncidents()
  return (
    <Article
      title={text('Status')}
      intro={
        incidents
          ? text('Measured over the requests of all users, a minute ago at most.')
          : text(
              'We cannot read our own measurements right now, so something on our side has a problem.'
            )
      }
    >
      {incidents && (
        <ul className="divide-y divide-line border-line border-y">
          {PARTS.map(({ service, label }) => (
            <Row
              key={service}
              label={text(label)}
              incident={incidents.find((one) => one.service === service)}
            />
          ))}
        </ul>
      )}
      <Part title={text('Something does not work?')}>
        <SupportContact />
      </Part>
    </Article>
  )
}

/** null while the storage does not respond. */
async function findIncidents(): Promise<Incident[] | null> {
  try {
    return (await PangeaService.findIncidents()).filter(({ institutionId }) => !institutionId)
  } catch (thrown) {
    if (isIntegrationError(thrown)) return null
    throw thrown
  }
}

function Row({ label, incident }: { label: string; incident: Incident | undefined }) {
  const text = useText('site')
  const Icon = incident ? TriangleAlert : CircleCheck
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-4">
      <span>{label}</span>
      <span className="inline-flex items-center gap-2 font-medium">
        <Icon
          aria-hidden="true"
          className={incident ? 'size-5 text-warn' : 'size-5 text-accent'}
          strokeWidth={1.9}
        />
        {incident
          ? text('Problems since {time}', { time: utcText(incident.since, text.language) })
          : text('Working')}
      </span>
    </li>
  )
}

function utcText(at: string, language: PageLanguage): string {
  const options = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' } as const
  return `${dateTimeFormat(localeFor(language, null), options).format(new Date(at))} UTC`
}

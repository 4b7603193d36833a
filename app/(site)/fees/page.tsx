import type { Metadata } from 'next'
import { getText } from '@/app/_lib/text'
import { Article, Part } from '@/components/site/article'
import { FeeList, YieldStatement } from '@/components/site/facts'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('site')
  return { title: text('Fees and yield') }
}

/** A template: have it reviewed before real users read it (approved.legal in pangea.config.ts). */
export default async function FeesPage() {
  const text = await getText('site')
  return (
    <Article
      title={text('Fees and yield')}
      intro={text('What the account costs, and what it can earn.')}
    >
      <Part title={text('What it costs')}>
        <FeeList />
        <p>
          {text(
            'Your other bank may charge its own fees. Jiko’s fee notice is part of its agreements.'
          )}
        </p>
      </Part>
      <Part title={text('What it yields')}>
        <YieldStatement />
      </Part>
    </Article>
  )
}

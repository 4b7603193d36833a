import type { Metadata } from 'next'
import { Article, Part } from '@/components/site/article'
import { FeeList, YieldStatement } from '@/components/site/facts'

export const metadata: Metadata = { title: 'Fees and yield' }

/** A template: have it reviewed before real users read it (approved.legal in pangea.config.ts). */
export default function FeesPage() {
  return (
    <Article title="Fees and yield" intro="What the account costs, and what it can earn.">
      <Part title="What it costs">
        <FeeList />
        <p>Your other bank may charge its own fees. Jiko’s fee notice is part of its agreements.</p>
      </Part>
      <Part title="What it yields">
        <YieldStatement />
      </Part>
    </Article>
  )
}

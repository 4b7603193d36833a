'use client'

import { ChevronRight } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import useSWR from 'swr'
import { useText } from '#text'
import { assetKindLabel, assetName } from '@/components/reports/own-assets/asset-labels'
import { Section } from '@/components/reports/section'
import { Amount } from '@/components/ui/amount'
import { Button } from '@/components/ui/button'
import { DateText } from '@/components/ui/formatting'
import type { AssetResponse } from '@/lib/api/assets'
import type { PageResponse } from '@/lib/api/responses'

/** Loaded when they are first opened. */
const AddAsset = dynamic(
  () => import('@/components/reports/own-assets/add-asset').then((module) => module.AddAsset),
  { ssr: false }
)
const AssetPanel = dynamic(
  () => import('@/components/reports/own-assets/asset-panel').then((module) => module.AssetPanel),
  { ssr: false }
)

/** Own assets: a house, a car, a private loan. */
export function OwnAssets({
  assets,
  currencies
}: {
  assets: PageResponse<AssetResponse>
  currencies: readonly string[]
}) {
  const { data = assets } = useSWR<PageResponse<AssetResponse>>('/api/v1/assets', {
    fallbackData: assets
  })
  const text = useText('reports')
  const [adding, setAdding] = useState(false)
  const [openId, setOpenId] = useState<string | null>(null)
  const openAsset = data.items.find(({ id }) => id === openId)
  return (
    <Section
      id="own-assets"
      title={text('Other things you own or owe')}
      note={
        data.items.length > 0
          ? text('Homes, cars and loans that count toward your net worth')
          : text('Add your home, car or other assets to complete your net worth.')
      }
      action={
        <Button variant="quiet" className="min-h-10 px-4 py-1.5" onClick={() => setAdding(true)}>
          {text.rich('Add<hidden> something you own or owe</hidden>', {
            hidden: (part) => (
              <span key="hidden" className="sr-only">
                {part}
              </span>
            )
          })}
        </Button>
      }
    >
      {data.items.length > 0 && (
        <ul className="divide-y divide-line border-line border-t">
          {data.items.map((asset) => (
            <li key={asset.id}>
              <AssetRow asset={asset} onOpen={() => setOpenId(asset.id)} />
            </li>
          ))}
        </ul>
      )}
      {adding && <AddAsset currencies={currencies} onClose={() => setAdding(false)} />}
      {openAsset && (
        <AssetPanel key={openAsset.id} asset={openAsset} onClose={() => setOpenId(null)} />
      )}
    </Section>
  )
}

function AssetRow({ asset, onOpen }: { asset: AssetResponse; onOpen: () => void }) {
  const text = useText('reports')
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex w-full flex-wrap items-center justify-between gap-x-4 px-5 py-3 text-left hover:bg-sunken focus-visible:-outline-offset-3 sm:px-6"
    >
      <span className="min-w-0 flex-1 basis-28">
        <span className="block truncate">{assetName(asset.name, text)}</span>
        <span className="block truncate text-muted text-sm">
          {text.rich('{kind}, value of <date></date>', {
            kind: assetKindLabel(asset.kind, text),
            date: () => <DateText key="date" date={asset.valuedOn} />
          })}
        </span>
      </span>
      <span className="ml-auto text-right">
        <Amount money={asset.value} className="font-medium" />
        {asset.owed && <span className="block text-muted text-sm">{text('Owed')}</span>}
      </span>
      <ChevronRight aria-hidden="true" className="size-4 text-muted" />
    </button>
  )
}

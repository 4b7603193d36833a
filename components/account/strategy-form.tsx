'use client'

import { useState } from 'react'
import type { InvestmentsResponse } from '@/lib/api/bank-account'
import { change } from '@/components/lib/api'
import { Radios } from '@/components/ui/forms/choice-fields'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { FormButtons } from '@/components/ui/forms/form-buttons'
import { useSubmit } from '@/components/ui/forms/use-submit'
import { Button } from '@/components/ui/button'
import { useProof } from '@/components/lib/use-reverification'
import { inPercent } from '@/components/account/format-yield'

type Props = {
  investments: InvestmentsResponse
  open: boolean
  onChosen: (chosen: InvestmentsResponse) => void
}

/** Where new money goes, and the choice of another place for it. */
export function StrategyForm({ investments: { strategyId, strategies }, open, onChosen }: Props) {
  const [editing, setEditing] = useState(false)
  const now = strategies.find(({ id }) => id === strategyId)
  const rate = inPercent(now?.yieldToMaturity ?? null)
  return (
    <div className="mt-5">
      <h3 className="font-medium text-[0.9375rem]">New money goes into</h3>
      <p className="mt-0.5">
        {now
          ? `${now.description}${rate ? `, ${rate} a year at the moment` : ''}`
          : 'Jiko does not say'}
      </p>
      {editing ? (
        <Choice
          strategies={strategies}
          strategyId={strategyId}
          onChosen={onChosen}
          close={() => setEditing(false)}
        />
      ) : (
        open &&
        strategies.length > 1 && (
          <Button look="quiet" className="mt-3" onClick={() => setEditing(true)}>
            Change how new money is invested
          </Button>
        )
      )}
    </div>
  )
}

type ChoiceProps = Pick<InvestmentsResponse, 'strategies' | 'strategyId'> & {
  onChosen: Props['onChosen']
  close: () => void
}

function Choice({ strategies, strategyId, onChosen, close }: ChoiceProps) {
  const [chosen, setChosen] = useState(strategyId ?? '')
  const save = useProof((strategy: string) =>
    change<InvestmentsResponse>('/api/v1/account', { strategy }, 'PATCH')
  )
  const { busy, errors, failure, attempt, submit } = useSubmit(async () => {
    onChosen(await save(chosen))
    close()
  })
  const options = strategies.map(({ id, description, yieldToMaturity }) => {
    const rate = inPercent(yieldToMaturity)
    return {
      value: id,
      label: description,
      ...(rate ? { hint: `${rate} a year at the moment` } : {})
    }
  })
  return (
    <form onSubmit={submit} noValidate className="mt-4">
      <ErrorSummary errors={errors} failure={failure} attempt={attempt} />
      <fieldset>
        <legend className="text-[0.9375rem] text-muted leading-6">
          Jiko’s yields are of this moment and change every week. What is invested already stays
          where it is until it matures.
        </legend>
        <Radios
          name="strategy"
          options={options}
          value={chosen}
          onChange={setChosen}
          {...(errors.strategy ? { error: errors.strategy } : {})}
        />
      </fieldset>
      <FormButtons busy={busy} says={['Save', 'Saving']} onCancel={close} className="mt-5" />
    </form>
  )
}

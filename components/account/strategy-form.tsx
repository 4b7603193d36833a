'use client'

import { useState } from 'react'
import { useText } from '#text'
import { formatYield } from '@/components/account/format-yield'
import { apiSend } from '@/components/lib/api'
import { useWithReverification } from '@/components/lib/use-reverification'
import { Button } from '@/components/ui/button'
import { useFormatting } from '@/components/ui/formatting'
import { RadioGroup } from '@/components/ui/forms/choice-fields'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { FormButtons } from '@/components/ui/forms/form-buttons'
import { useSubmit } from '@/components/ui/forms/use-submit'
import type { InvestmentsResponse } from '@/lib/api/bank-account'

type Props = {
  investments: InvestmentsResponse
  open: boolean
  onChange: (selected: InvestmentsResponse) => void
}

/** The investment strategy of new money, and a form to change it. */
export function StrategyForm({ investments: { strategyId, strategies }, open, onChange }: Props) {
  const [editing, setEditing] = useState(false)
  const text = useText('account')
  const current = strategies.find(({ id }) => id === strategyId)
  return (
    <div className="mt-5">
      <h3 className="font-medium text-[0.9375rem]">{text('New money is invested in')}</h3>
      <p className="mt-0.5">
        {current ? <StrategyText {...current} /> : text('Jiko is not reporting this right now')}
      </p>
      {editing ? (
        <StrategyPicker
          strategies={strategies}
          strategyId={strategyId}
          onChosen={onChange}
          close={() => setEditing(false)}
        />
      ) : (
        open &&
        strategies.length > 1 && (
          <Button variant="quiet" className="mt-3" onClick={() => setEditing(true)}>
            {text('Change how new money is invested')}
          </Button>
        )
      )}
    </div>
  )
}

function StrategyText({
  description: strategy,
  yieldToMaturity
}: InvestmentsResponse['strategies'][number]) {
  const text = useText('account')
  const percent = formatYield(yieldToMaturity, useFormatting().locale)
  return percent
    ? text('{strategy}, {percent} a year at the moment', { strategy, percent })
    : strategy
}

type StrategyPickerProps = Pick<InvestmentsResponse, 'strategies' | 'strategyId'> & {
  onChosen: Props['onChange']
  close: () => void
}

function StrategyPicker({
  strategies,
  strategyId,
  onChosen: onChange,
  close
}: StrategyPickerProps) {
  const [selected, setSelected] = useState(strategyId ?? '')
  const text = useText('account')
  const { locale } = useFormatting()
  const save = useWithReverification((strategy: string) =>
    apiSend<InvestmentsResponse>('/api/v1/account', { strategy }, 'PATCH')
  )
  const { busy, errors, failure, attempt, submit } = useSubmit(async () => {
    onChange(await save(selected))
    close()
  })
  const options = strategies.map(({ id, description, yieldToMaturity }) => {
    const percent = formatYield(yieldToMaturity, locale)
    return {
      value: id,
      label: description,
      ...(percent ? { hint: text('{percent} a year at the moment', { percent }) } : {})
    }
  })
  return (
    <form onSubmit={submit} noValidate className="mt-4">
      <ErrorSummary errors={errors} failure={failure} attempt={attempt} />
      <fieldset>
        <legend className="text-[0.9375rem] text-muted leading-6">
          {text(
            'Jiko’s yields change every week. Money that is already invested stays where it is until it matures.'
          )}
        </legend>
        <RadioGroup
          name="strategy"
          options={options}
          value={selected}
          onChange={setSelected}
          {...(errors.strategy ? { error: errors.strategy } : {})}
        />
      </fieldset>
      <FormButtons
        busy={busy}
        labels={[text('Save'), text('Saving')]}
        onCancel={close}
        className="mt-5"
      />
    </form>
  )
}

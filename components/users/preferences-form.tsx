'use client'

import clsx from 'clsx'
import { type ReactNode, useState, useTransition } from 'react'
import { useText } from '#text'
import { apiSend, errorMessage } from '@/components/lib/api'
import { useRefresh } from '@/components/lib/use-refresh'
import { useWithReverification } from '@/components/lib/use-reverification'
import { Card } from '@/components/ui/card'
import { CONTROL_CLASS } from '@/components/ui/forms/field'
import { Checkbox } from '@/components/ui/forms/text-input'
import { Notice } from '@/components/ui/notice'
import { EmailSwitches } from '@/components/users/email-switches'
import type { PreferencesResponse } from '@/lib/api/preferences'
import { isLanguage, LANGUAGE_NAMES, LANGUAGES } from '@/lib/domain/text/languages'
import type { TextKey } from '@/lib/domain/text/text'
import type { Theme } from '@/lib/domain/users/preferences'

type Option = { value: string; label: string }
type OptionGroup = { label: string; options: Option[] }
type Props = { initial: PreferencesResponse; timeZones: OptionGroup[]; locales: Option[] }

type Key = TextKey<'users'>

const THEME_OPTIONS: { value: Theme; label: Key; hint: Key }[] = [
  { value: 'system', label: 'System', hint: 'Follows your device' },
  { value: 'light', label: 'Light', hint: 'Always' },
  { value: 'dark', label: 'Dark', hint: 'Always' },
  { value: 'contrast', label: 'High contrast', hint: 'Stronger lines and text' }
]

/** Shows a choice at once, and takes it back if it could not be saved. */
function usePreferences(initial: PreferencesResponse) {
  const text = useText('users')
  const [chosen, setChosen] = useState(initial)
  const [result, setResult] = useState<{ tone: 'good' | 'bad'; text: string } | null>(null)
  const [, startTransition] = useTransition()
  const refresh = useRefresh()
  const save = useWithReverification((next: Partial<PreferencesResponse>) =>
    apiSend<PreferencesResponse>('/api/v1/preferences', next, 'PATCH')
  )
  const choose = async (next: Partial<PreferencesResponse>) => {
    const previous = chosen
    setChosen({ ...chosen, ...next })
    setResult(null)
    try {
      await save(next)
      setResult({ tone: 'good', text: text('Saved.') })
      // The layout above provides theme and formats.
      startTransition(() => void refresh())
    } catch (thrown) {
      setChosen(previous)
      setResult({ tone: 'bad', text: errorMessage(thrown) })
    }
  }
  return { chosen, choose, result }
}

/** Preferences form. Each choice is saved at once, for all devices of the user. */
export function PreferencesForm({ initial, timeZones, locales }: Props) {
  const { chosen, choose, result } = usePreferences(initial)
  const text = useText('users')
  return (
    <Card labelledBy="looks" className="p-5 sm:p-6">
      <div className="flex items-baseline justify-between gap-4">
        <h2 id="looks" className="font-semibold text-lg tracking-[-0.01em]">
          {text('Appearance, formats and e-mails')}
        </h2>
        <p role="status" className="text-positive text-sm">
          {result?.tone === 'good' && result.text}
        </p>
      </div>
      {result?.tone === 'bad' && (
        <Notice tone="bad" live className="mt-4" title={text('Your change was not saved')}>
          {result.text}
        </Notice>
      )}
      <ThemePicker chosen={chosen.theme} choose={(theme) => void choose({ theme })} />
      <FormatSelects chosen={chosen} choose={choose} timeZones={timeZones} locales={locales} />
      <div className="mt-5 space-y-2">
        <Checkbox
          checked={chosen.shortcuts}
          onChange={(shortcuts) => void choose({ shortcuts })}
          label={text('Keyboard shortcuts')}
          hint={text('Press ? on any page to see them.')}
        />
      </div>
      <EmailSwitches chosen={chosen} choose={(next) => void choose(next)} />
    </Card>
  )
}

type FormatSelectsProps = Pick<ReturnType<typeof usePreferences>, 'chosen' | 'choose'> &
  Pick<Props, 'timeZones' | 'locales'>

function FormatSelects({ chosen, choose, timeZones, locales }: FormatSelectsProps) {
  const text = useText('users')
  return (
    <div className="mt-6 grid gap-5 sm:grid-cols-2">
      <PreferenceSelect
        name="language"
        label={text('Language')}
        value={chosen.language ?? ''}
        options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        onChange={(language) => void choose({ language: isLanguage(language) ? language : null })}
      >
        {text('Of pages and e-mails.')}
      </PreferenceSelect>
      <PreferenceSelect
        name="time-zone"
        label={text('Time zone')}
        value={chosen.timeZone ?? ''}
        groups={timeZones}
        onChange={(timeZone) => void choose({ timeZone: timeZone || null })}
      >
        {text('Sets which day counts as today.')}
      </PreferenceSelect>
      <PreferenceSelect
        name="dates-and-amounts"
        label={text('Dates and amounts')}
        value={chosen.locale ?? ''}
        options={locales}
        onChange={(locale) =>
          void choose({ locale: (locale || null) as PreferencesResponse['locale'] })
        }
      >
        {text('How they are written.')}
      </PreferenceSelect>
    </div>
  )
}

function ThemePicker({ chosen, choose }: { chosen: Theme; choose: (theme: Theme) => void }) {
  const text = useText('users')
  return (
    <fieldset className="mt-5">
      <legend className="font-medium text-[0.9375rem]">{text('Theme')}</legend>
      <div className="mt-2 grid grid-cols-2 gap-2.5 md:grid-cols-4">
        {THEME_OPTIONS.map(({ value, label, hint }) => (
          <label
            key={value}
            className={clsx(
              'flex cursor-pointer flex-col rounded-xl border p-3 has-focus-visible:outline-3 has-focus-visible:outline-ring',
              chosen === value
                ? 'border-accent bg-accent-soft'
                : 'border-line-strong/60 hover:bg-sunken'
            )}
          >
            <span className="flex items-center gap-2 font-medium text-[0.9375rem]">
              <input
                type="radio"
                name="theme"
                value={value}
                checked={chosen === value}
                onChange={() => choose(value)}
                className="size-4 shrink-0 accent-(--brand) outline-none"
              />
              {text(label)}
            </span>
            <span className="mt-0.5 pl-6 text-muted text-sm">{text(hint)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

type PreferenceSelectProps = {
  name: string
  label: string
  value: string
  options?: Option[]
  groups?: OptionGroup[]
  onChange: (value: string) => void
  children: ReactNode
}

const Options = ({ of }: { of: Option[] }) =>
  of.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ))

function PreferenceSelect({
  name,
  label,
  value,
  options = [],
  groups = [],
  onChange,
  children
}: PreferenceSelectProps) {
  const text = useText('users')
  const id = `pick-${name}`
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="font-medium text-[0.9375rem]">
        {label}
      </label>
      <select
        id={id}
        value={value}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
        className={clsx(CONTROL_CLASS, 'mt-1.5 w-full border-line-strong')}
      >
        <option value="">{text('Browser default')}</option>
        <Options of={options} />
        {groups.map((group) => (
          <optgroup key={group.label} label={group.label}>
            <Options of={group.options} />
          </optgroup>
        ))}
      </select>
      <p id={`${id}-hint`} className="mt-1 text-muted text-sm">
        {children}
      </p>
    </div>
  )
}

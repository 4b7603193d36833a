'use client'

import { Button } from '@/components/ui/button'
import { CONTROL_CLASS } from '@/components/ui/forms/field'

/** The search is in the URL, so that it can be linked and works with the back button. */
export function AdminSearch({
  action,
  label,
  text
}: {
  action: string
  label: string
  text: string
}) {
  return (
    <search>
      <form action={action} className="mt-6 mb-6 max-w-xl">
        <label htmlFor="admin-search" className="font-medium text-[0.9375rem]">
          {label}
        </label>
        <div className="mt-1.5 flex gap-2">
          <input
            id="admin-search"
            type="search"
            name="q"
            defaultValue={text}
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            className={`${CONTROL_CLASS} min-w-0 flex-1 border-line-strong`}
          />
          <Button type="submit" variant="quiet">
            Search
          </Button>
        </div>
      </form>
    </search>
  )
}

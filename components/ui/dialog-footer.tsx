import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'

/** Footer of a confirmation dialog: error, cancel and actions. */
export function DialogFooter({
  failure,
  onCancel,
  children
}: {
  failure: ReactNode
  onCancel: () => void
  children: ReactNode
}) {
  return (
    <>
      {failure && (
        <Notice tone="bad" live className="mt-4">
          {failure}
        </Notice>
      )}
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button variant="quiet" onClick={onCancel}>
          Cancel
        </Button>
        {children}
      </div>
    </>
  )
}

import { useCallback } from 'react'
import { apiSend } from '@/components/lib/api'
import { useWithReverification } from '@/components/lib/use-reverification'

/** Lets the browser download a path of ours; the page stays. */
function startDownload(path: string): void {
  const link = document.createElement('a')
  link.href = path
  link.download = ''
  link.click()
}

/**
 * Downloads a path whose GET needs reverification: a download cannot open Clerk's dialog, so a POST
 * to the same path checks it first. @throws ApiError.
 */
export function useDownload(): (path: string) => Promise<void> {
  const check = useWithReverification((path: string) => apiSend(path, {}))
  return useCallback(
    async (path: string) => {
      await check(path)
      startDownload(path)
    },
    [check]
  )
}

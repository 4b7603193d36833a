'use client'

import { useEffect, useState } from 'react'

type Code = { size: number; path: string }

/** A QR code, dark on white in both themes: scanners need the contrast and the border. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [code, setCode] = useState<Code | null>(null)
  useEffect(() => {
    let current = true
    void import('uqr').then(({ encode }) => {
      const { data, size } = encode(text, { border: 4, ecc: 'M' })
      const cell = (x: number, y: number) => `M${x} ${y}h1v1h-1z`
      const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? cell(x, y) : ''))).join('')
      if (current) setCode({ size, path })
    })
    return () => {
      current = false
    }
  }, [text])
  return (
    <div className="mx-auto aspect-square w-56 max-w-full overflow-hidden rounded-control bg-white">
      {code && (
        <svg
          role="img"
          aria-label={label}
          viewBox={`0 0 ${code.size} ${code.size}`}
          shapeRendering="crispEdges"
          className="size-full"
        >
          <path d={code.path} fill="#000000" />
        </svg>
      )}
    </div>
  )
}

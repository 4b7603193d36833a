import { ImageResponse } from 'next/og'
import { CANVAS } from '@/app/_lib/brand-colors'
import { brand, colors, mark, site } from '@/pangea.config'

/** Of the light theme in components/theme.css: images cannot follow the reader's theme. */
const [INK, MUTED] = ['#10201a', '#51625a']
/** The share of the width that the mark of an icon takes: a launcher may cut off the rest. */
const ICON_MARK = 0.75

/** The mark on the page's background, as a PNG. */
export const iconImage = (size: number) =>
  new ImageResponse(
    <div style={{ ...FILL, background: CANVAS, alignItems: 'center', justifyContent: 'center' }}>
      <Mark size={size * ICON_MARK} />
    </div>,
    { width: size, height: size }
  )

/** The picture that other sites show beside a link. In English: they keep one for all readers. */
export const previewImage = (size: { width: number; height: number }) =>
  new ImageResponse(
    <div
      style={{
        ...FILL,
        background: CANVAS,
        color: INK,
        flexDirection: 'column',
        justifyContent: 'center',
        padding: 96
      }}
    >
      <div style={{ display: 'flex', alignItems: 'center', gap: 26, fontSize: 46 }}>
        <Mark size={72} />
        {brand.name}
      </div>
      <div
        style={{ display: 'flex', marginTop: 56, fontSize: 84, letterSpacing: -3, lineHeight: 1.1 }}
      >
        {site.tagline.en}
      </div>
      <div style={{ display: 'flex', marginTop: 40, fontSize: 32, color: MUTED, lineHeight: 1.4 }}>
        {site.description.en}
      </div>
    </div>,
    size
  )

const FILL = { display: 'flex', width: '100%', height: '100%' } as const

function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path d={mark.shape} fill={colors.brand[0]} />
      {mark.lines.map((line) => (
        <path
          key={line}
          d={line}
          fill="none"
          stroke={CANVAS}
          strokeWidth={mark.lineWidth}
          strokeLinecap="round"
        />
      ))}
    </svg>
  )
}

/** Whether the colors of pangea.config.ts can be seen on those of components/theme.css. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { colors } from '@/pangea.config'

type Theme = 0 | 1
type Palette = Record<string, readonly [light: string, dark: string]>

const THEMES = ['light', 'dark'] as const
/** WCAG 2.2, 1.4.3 and 1.4.11. */
const TEXT = 4.5
const GRAPHIC = 3

const PAIRS: { front: string; behind: string[]; least: number }[] = [
  { front: 'brand', behind: ['canvas', 'surface', 'raised', 'sunken', 'brandSoft'], least: TEXT },
  { front: 'brandStrong', behind: ['canvas', 'surface'], least: TEXT },
  { front: 'onBrand', behind: ['brand', 'brandStrong'], least: TEXT },
  { front: 'ink', behind: ['brandSoft'], least: TEXT },
  { front: 'chartIn', behind: ['surface'], least: GRAPHIC },
  { front: 'ring', behind: ['canvas', 'surface', 'sunken'], least: GRAPHIC }
]

/** @returns one sentence per pair that is too hard to see. */
export function contrastProblems(root: string, brandColors: Palette = colors): string[] {
  const palette = { ...neutralColors(root), ...brandColors }
  const colorOf = (name: string, theme: Theme) => palette[name]?.[theme] ?? ''
  return PAIRS.flatMap(({ front, behind, least }) =>
    behind.flatMap((back) =>
      ([0, 1] as const).flatMap((theme) => {
        const ratio = contrast(colorOf(front, theme), colorOf(back, theme))
        return ratio >= least
          ? []
          : `pangea.config.ts: ${front} on ${back} has a contrast of ${ratio.toFixed(2)} in the ${THEMES[theme]} theme, and needs ${least}.`
      })
    )
  )
}

/** The first values of the design tokens, by name in camel case. */
function neutralColors(root: string): Palette {
  const css = readFileSync(join(root, 'components/theme.css'), 'utf8')
  const tokens = [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].toReversed()
  return Object.fromEntries(
    tokens.map(([, name = '', light = '', dark = '']) => [
      name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
      [light, dark]
    ])
  )
}

/** The ratio of two colors such as #0f5c45; 0 for anything else. */
export function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return Number.isNaN(high + low) ? 0 : (high + 0.05) / (low + 0.05)
}

function luminance(hex: string): number {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) return Number.NaN
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

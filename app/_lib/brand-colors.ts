import { colors } from '@/pangea.config'

/** --canvas of components/theme.css, for browsers' own surfaces. */
export const [CANVAS, DARK_CANVAS] = ['#f7f9f8', '#0d1311']

/**
 * The brand's colors as a style sheet for components/theme.css. In a layer, because the themes for
 * more contrast replace some of them.
 */
export const BRAND_STYLE = `@layer brand{:root{${Object.entries(colors)
  .map(([name, [light, dark]]) => `--${toToken(name)}:light-dark(${light},${dark})`)
  .join(';')}}}`

function toToken(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

import { iconImage } from '@/app/_lib/brand-image'

const SIZES = [32, 192, 512]

/** In the browser's tab, and through app/manifest.ts on home screens. */
export const generateImageMetadata = () =>
  SIZES.map((size) => ({
    id: String(size),
    size: { width: size, height: size },
    contentType: 'image/png'
  }))

export default async function Icon({ id }: { id: Promise<string> }) {
  return iconImage(Number(await id))
}

import { previewImage } from '@/app/_lib/brand-image'
import { brand, site } from '@/pangea.config'

export const size = { width: 1200, height: 630 }
export const contentType = 'image/png'
export const alt = `${brand.name}: ${site.tagline.en}`

export default function PreviewImage() {
  return previewImage(size)
}

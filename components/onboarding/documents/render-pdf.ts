/** Renders a PDF as one image: Jiko's API accepts only PNG. pdf.js is loaded on demand. */
import type { PDFDocumentProxy } from 'pdfjs-dist'
import type { Text } from '@/lib/domain/text/text'

/** Maximum number of pages; more would be unreadable in one image. */
const MAX_PAGES = 4
/** Width in pixels: about 165 dpi on a letter page. */
const PAGE_WIDTH = 1_400
const MAX_PAGE_HEIGHT = 3_000
const RENDER_TIMEOUT_MS = 60_000

const DAMAGED_PDF_MESSAGE =
  'This PDF cannot be opened here. Save it again, or take a photo of the page.'
const PROTECTED_PDF_MESSAGE =
  'This PDF is protected by a password. Save a copy without one, or take a photo of the page.'

export type RenderedPdf = { canvas: HTMLCanvasElement; renderedPages: number; pageCount: number }

/** @throws Error with a message for the user. */
export async function renderPdf(file: Blob, text: Text<'onboarding'>): Promise<RenderedPdf> {
  const { getDocument, GlobalWorkerOptions } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const worker = new Worker(
    new URL('pdfjs-dist/legacy/build/pdf.worker.min.mjs', import.meta.url),
    { type: 'module' }
  )
  GlobalWorkerOptions.workerPort = worker
  const data = new Uint8Array(await file.arrayBuffer())
  const task = getDocument({
    data,
    BinaryDataFactory: Decoders,
    useWorkerFetch: false,
    stopAtErrors: false
  })
  const timer = setTimeout(() => void task.destroy(), RENDER_TIMEOUT_MS)
  try {
    return await renderPages(await task.promise)
  } catch (thrown) {
    throw new Error(
      thrown instanceof Error && thrown.name === 'PasswordException'
        ? text(PROTECTED_PDF_MESSAGE)
        : text(DAMAGED_PDF_MESSAGE)
    )
  } finally {
    clearTimeout(timer)
    await task.destroy()
    GlobalWorkerOptions.workerPort = null
    worker.terminate()
  }
}

async function renderPages(pdf: PDFDocumentProxy): Promise<RenderedPdf> {
  const renderedPages = Math.min(pdf.numPages, MAX_PAGES)
  const pages = await Promise.all(
    Array.from({ length: renderedPages }, (_, index) => pdf.getPage(index + 1))
  )
  const views = pages.map((page) => {
    const { width, height } = page.getViewport({ scale: 1 })
    return page.getViewport({ scale: Math.min(PAGE_WIDTH / width, MAX_PAGE_HEIGHT / height) })
  })
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(Math.max(...views.map(({ width }) => width)))
  canvas.height = views.reduce((sum, { height }) => sum + Math.ceil(height), 0)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser has no canvas.')
  context.fillStyle = 'white'
  context.fillRect(0, 0, canvas.width, canvas.height)
  let top = 0
  for (const [index, page] of pages.entries()) {
    const viewport = views[index]
    if (!viewport) continue
    await page.render({
      canvas,
      canvasContext: context,
      viewport,
      transform: [1, 0, 0, 1, 0, top],
      background: 'rgba(0,0,0,0)'
    }).promise
    top += Math.ceil(viewport.height)
  }
  return { canvas, renderedPages, pageCount: pdf.numPages }
}

/** Decoders for scanned images. Fonts that a PDF does not embed are drawn by the browser. */
const DECODERS: Record<string, URL> = {
  'openjpeg.wasm': new URL('pdfjs-dist/wasm/openjpeg.wasm', import.meta.url),
  'jbig2.wasm': new URL('pdfjs-dist/wasm/jbig2.wasm', import.meta.url),
  'qcms_bg.wasm': new URL('pdfjs-dist/wasm/qcms_bg.wasm', import.meta.url)
}

class Decoders {
  async fetch({ filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const url = DECODERS[filename]
    if (!url) throw new Error(`There is no ${filename}.`)
    return new Uint8Array(await (await fetch(url)).arrayBuffer())
  }
}

import { readFile } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import { LRUCache } from 'lru-cache'
import { Problem } from '#http/problem.ts'
import { NoPdf, pdfOf } from '#modules/rights/index.ts'

/**
 * A page of the portal as a tagged PDF, as its reader would print it. The browser fetches nothing, so what the page names of
 * style and type is put into it.
 *
 * @param html          whole page
 * @param clientFolder  where the portal's files for browsers lie
 * @throws              Problem no_pdf where no browser makes it
 */
export async function printedPage(
  html: string,
  { clientFolder, chromium }: { clientFolder: string; chromium: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const whole = await withItsFiles(html, clientFolder)
  return pdfOf(chromium, whole).then(
    (pdf) => new Uint8Array(pdf),
    (error: unknown) => {
      throw error instanceof NoPdf ? new Problem('no_pdf') : error
    },
  )
}

const sheetLinks = /<link rel="stylesheet" href="(\/[^"]+)"\/?>/g
const fontAddresses = /url\(["']?(\/[^"')]+\.woff2)["']?\)/g
/** Written text is Latin: the other alphabets of a typeface would make the document ten times as long. */
const isNeeded = (font: string) => /-latin(-ext)?-/.test(font) && !/italic/.test(font)

/** Puts style sheets and typefaces into a page. */
export async function withItsFiles(html: string, clientFolder: string): Promise<string> {
  const sheets = await replaceAll(html, sheetLinks, (address) => sheetOf(clientFolder, address))
  return sheets.replaceAll(/<link rel="(preload|icon|modulepreload)"[^>]*>/g, '')
}

/** Style sheets with their typefaces in them, by their path; files of a built portal do not change. */
const sheets = new LRUCache<string, string>({ maxSize: 10_000_000, sizeCalculation: (sheet) => sheet.length })

async function sheetOf(clientFolder: string, address: string): Promise<string> {
  const path = join(clientFolder, normalize(address))
  const known = sheets.get(path)
  if (known !== undefined) return known
  const sheet = await replaceAll(await readFile(path, 'utf8'), fontAddresses, async (font) => {
    if (!isNeeded(font)) return 'url(data:,)'
    const bytes = await readFile(join(clientFolder, normalize(font)))
    return `url(data:font/woff2;base64,${bytes.toString('base64')})`
  })
  const made = `<style>${sheet}</style>`
  sheets.set(path, made)
  return made
}

async function replaceAll(
  text: string,
  pattern: RegExp,
  by: (address: string) => Promise<string>,
): Promise<string> {
  const made = new Map<string, string>()
  for (const [, address] of text.matchAll(pattern)) {
    if (!made.has(address!)) made.set(address!, await by(address!))
  }
  return text.replaceAll(pattern, (_, address: string) => made.get(address)!)
}

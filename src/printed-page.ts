import { readFile } from 'node:fs/promises'
import { join, normalize } from 'node:path'
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
  const read = (address: string) => readFile(join(clientFolder, normalize(address)))
  const sheets = await replaceAll(html, sheetLinks, async (address) => {
    const sheet = (await read(address)).toString('utf8')
    const inside = await replaceAll(sheet, fontAddresses, async (font) =>
      isNeeded(font) ? `url(data:font/woff2;base64,${(await read(font)).toString('base64')})` : 'url(data:,)',
    )
    return `<style>${inside}</style>`
  })
  return sheets.replaceAll(/<link rel="(preload|icon|modulepreload)"[^>]*>/g, '')
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

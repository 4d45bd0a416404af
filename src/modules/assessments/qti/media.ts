import type { MediaFile } from '../store.ts'
import { type Element, elementsIn, parseXml, textIn } from './xml.ts'

const MOST_BYTES = 2_000_000

/** What a picture is, by its first bytes and not by its name; null where it is none that may be shown. */
export function mediaTypeOf(bytes: Uint8Array): MediaFile['type'] | null {
  if (bytes.length === 0 || bytes.length > MOST_BYTES) return null
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'image/gif'
  if (head.startsWith('RIFF') && head.slice(8) === 'WEBP') return 'image/webp'
  return isHarmlessSvg(bytes) ? 'image/svg+xml' : null
}

/** A drawing that runs nothing, embeds nothing and fetches nothing. */
function isHarmlessSvg(bytes: Uint8Array): boolean {
  try {
    const root = parseXml(bytes)
    return root.name === 'svg' && isHarmless(root)
  } catch {
    return false
  }
}

const drawn =
  /^(svg|g|defs|title|desc|symbol|use|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|marker|clipPath|mask|pattern|linearGradient|radialGradient|stop|style)$/

function isHarmless(element: Element): boolean {
  if (element.space !== 'http://www.w3.org/2000/svg' || !drawn.test(element.name)) return false
  for (const [name, value] of element.attributes) {
    if (/^on/i.test(name)) return false
    if (/(^|:)href$/.test(name) && !value.startsWith('#')) return false
    if (reachesOut.test(value) && !/^xmlns/.test(name)) return false
  }
  if (element.name === 'style' && reachesOut.test(textIn(element))) return false
  return elementsIn(element).every(isHarmless)
}

const reachesOut = /url\(\s*['"]?(?!#)|javascript:|@import|\\/i

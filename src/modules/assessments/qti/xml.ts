import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes'

/** A piece of XML as it stands in a file. */
export interface Element {
  /** local name */
  name: string
  /** namespace; empty: none */
  space: string
  /** as written, e.g. `identifier`, `xml:lang` */
  attributes: Map<string, string>
  children: (Element | string)[]
  /** line in the file, from 1 */
  line: number
}

/** Why XML from outside is not read. */
export class XmlRefused extends Error {
  readonly reason: 'wrong_encoding' | 'not_well_formed' | 'doctype' | 'too_large'
  readonly line: number | null
  constructor(reason: XmlRefused['reason'], line: number | null) {
    super(reason)
    this.name = 'XmlRefused'
    this.reason = reason
    this.line = line
  }
}

const MOST_BYTES = 2_000_000
const MOST_ELEMENTS = 20_000
const DEEPEST = 50

/**
 * Reads XML from outside. There are no document types, so that nothing is defined, expanded or fetched; what is nested too deep,
 * too large or not quite XML is refused. Comments are not kept.
 *
 * @throws XmlRefused
 */
export function parseXml(bytes: Uint8Array): Element {
  if (bytes.length > MOST_BYTES) throw new XmlRefused('too_large', null)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new XmlRefused('wrong_encoding', null)
  }
  const parser = new SaxesParser({ xmlns: true })
  const open: Element[] = []
  let root: Element | undefined
  let count = 0
  const refuse = (reason: XmlRefused['reason']) => {
    throw new XmlRefused(reason, parser.line)
  }
  parser.on('error', () => refuse('not_well_formed'))
  parser.on('doctype', () => refuse('doctype'))
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding && !/^utf-8$/i.test(encoding)) refuse('wrong_encoding')
  })
  parser.on('opentag', (tag: SaxesTagNS) => {
    count += 1
    if (count > MOST_ELEMENTS || open.length >= DEEPEST) refuse('too_large')
    const element: Element = {
      name: tag.local,
      space: tag.uri,
      attributes: new Map(
        Object.values(tag.attributes).map((each: SaxesAttributeNS) => [each.name, each.value]),
      ),
      children: [],
      line: parser.line,
    }
    if (open.length > 0) open.at(-1)!.children.push(element)
    else root = element
    open.push(element)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  const say = (said: string) => {
    const into = open.at(-1)?.children
    if (!into) return
    if (typeof into.at(-1) === 'string') into.push(String(into.pop()) + said)
    else into.push(said)
  }
  parser.on('text', say)
  parser.on('cdata', say)
  parser.write(text).close()
  if (!root) throw new XmlRefused('not_well_formed', 1)
  return root
}

/** Elements right inside, in order. */
export function elementsIn(element: Element): Element[] {
  return element.children.filter((child) => typeof child !== 'string')
}

/** All text inside, as it stands. */
export function textIn(element: Element): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textIn(child))).join('')
}

type Value = string | number | boolean | null

/** Writes an element: its attributes without those that are null, its content as XML already. */
export function tag(name: string, attributes: Record<string, Value>, content = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(
      ([key, value]) =>
        ` ${key}="${escaped(String(value)).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')}"`,
    )
    .join('')
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`
}

/** Text as it stands in XML. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
}

import { mediaOf } from '../content/body.ts'
import type { Item, ItemText } from '../model.ts'
import type { MediaFile } from '../store.ts'
import { itemXml, stimulusXml } from './write-item.ts'
import { OWN_FORM, testXml, type WrittenTest } from './write-test.ts'
import { tag } from './xml.ts'
import { makeZip } from './zip.ts'

export const MANIFEST = 'http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1'
/** Where an item stands in our framework: QTI has no place for it, a manifest allows words of one's own. */
export const OWN = 'urn:ikms:item:1'

/**
 * Items with their pictures as a QTI 3 package. The same items give the same bytes.
 *
 * @param test  a form of these items
 */
export function writePackage(
  items: readonly { item: Item; files: readonly MediaFile[] }[],
  test: WrittenTest | null = null,
): Uint8Array {
  const files = new Map<string, Uint8Array | string>()
  const resources: string[] = []
  const media = new Map<string, Uint8Array>()

  for (const { item, files: own } of items) {
    const renamed = new Map(own.map((file) => [file.name, freeName(media, file)]))
    for (const each of item.texts) {
      const text = withMedia(each, renamed)
      const identifier = item.texts.length === 1 ? item.code : `${item.code}-${text.language}`
      const href = `items/${identifier}.xml`
      const stimulus = text.stimulus && addStimulus(text)
      files.set(href, itemXml(identifier, text, stimulus && `../${stimulus.href}`))
      const { domain, grade, strand, process, outcome } = item.place
      const about = tag('ikms:item', {
        'xmlns:ikms': OWN,
        code: item.code,
        domain,
        grade,
        strand,
        process,
        outcome,
        accessibility: item.accessibility,
      })
      resources.push(
        tag(
          'resource',
          { identifier: `item-${identifier}`, type: 'imsqti_item_xmlv3p0', href },
          tag('metadata', {}, about) +
            tag('file', { href }) +
            mediaOf(text.body)
              .map((name) => tag('file', { href: `media/${name}` }))
              .join('') +
            (stimulus ? tag('dependency', { identifierref: stimulus.id }) : ''),
        ),
      )
    }
  }

  /** The file of a shared text: written once for all items that share it. */
  function addStimulus(text: ItemText): { href: string; id: string } {
    const xml = stimulusXml(text.stimulus!, text)
    for (let no = 1; ; no += 1) {
      const name = `${text.stimulus!.code}-${text.language}${no === 1 ? '' : `-${no}`}`
      const found = { href: `stimuli/${name}.xml`, id: `stimulus-${name}` }
      if (files.get(found.href) === xml) return found
      if (files.has(found.href)) continue
      files.set(found.href, xml)
      resources.push(
        tag(
          'resource',
          { identifier: found.id, type: 'imsqti_stimulus_xmlv3p0', href: found.href },
          tag('file', { href: found.href }) +
            mediaOf(text.stimulus)
              .map((media) => tag('file', { href: `media/${media}` }))
              .join(''),
        ),
      )
      return found
    }
  }

  if (test) {
    const href = `tests/${test.code}.xml`
    const identifiers = new Map(
      items.map(({ item: { code, texts } }) => [
        code,
        texts.length === 1 ? code : `${code}-${texts[0]!.language}`,
      ]),
    )
    const { code, domain, grade } = test
    files.set(
      href,
      testXml(test, (item) => `../items/${identifiers.get(item)}.xml`),
    )
    resources.push(
      tag(
        'resource',
        { identifier: `form-${code}`, type: 'imsqti_test_xmlv3p0', href },
        tag('metadata', {}, tag('ikms:form', { 'xmlns:ikms': OWN_FORM, code, domain, grade })) +
          tag('file', { href }) +
          test.items
            .map((each) => tag('dependency', { identifierref: `item-${identifiers.get(each.code)}` }))
            .join(''),
      ),
    )
  }

  const manifest = tag(
    'manifest',
    { xmlns: MANIFEST, identifier: 'ikms-items' },
    `\n${tag('metadata', {}, tag('schema', {}, 'QTI Package') + tag('schemaversion', {}, '3.0.0'))}\n${tag('organizations', {})}\n${tag('resources', {}, `\n${resources.join('\n')}\n`)}\n`,
  )
  return makeZip(
    new Map<string, Uint8Array | string>([
      ['imsmanifest.xml', `<?xml version="1.0" encoding="UTF-8"?>\n${manifest}\n`],
      ...files,
      ...[...media].map(([name, bytes]): [string, Uint8Array] => [`media/${name}`, bytes]),
    ]),
  )
}

/** The name under which a picture goes into the package: another one where other items brought another picture of that name. */
function freeName(media: Map<string, Uint8Array>, { name, bytes }: MediaFile): string {
  const [, stem = '', ending = ''] = /^(.*)(\.[a-z]+)$/.exec(name) ?? []
  for (let no = 1; ; no += 1) {
    const free = no === 1 ? name : `${stem}-${no}${ending}`
    const there = media.get(free)
    if (!there || Buffer.compare(there, bytes) === 0) {
      media.set(free, bytes)
      return free
    }
  }
}

function withMedia(text: ItemText, names: ReadonlyMap<string, string>): ItemText {
  if ([...names].every(([from, to]) => from === to)) return text
  const renamed = (_key: string, value: unknown) =>
    value && typeof value === 'object' && 'media' in value && typeof value.media === 'string'
      ? { ...value, media: names.get(value.media) ?? value.media }
      : value
  return JSON.parse(JSON.stringify(text, renamed)) as ItemText
}

import { posix } from 'node:path'
import { mediaOf } from '../content/body.ts'
import { Item, type Place } from '../content/item.ts'
import type { ItemText, PackageFinding } from '../model.ts'
import type { MediaFile } from '../store.ts'
import { Findings, ItemRefused, refuse } from './findings.ts'
import { mediaTypeOf } from './media.ts'
import { readItem, readStimulus } from './read-item.ts'
import { type ReadForm, readForm, readTest } from './read-test.ts'
import { OWN } from './write-package.ts'
import { OWN_FORM } from './write-test.ts'
import { type Element, elementsIn, parseXml, XmlRefused } from './xml.ts'
import { openZip, PackageRefused } from './zip.ts'

export interface ReadPackage {
  items: { item: Item; files: MediaFile[] }[]
  /** forms that were written here; tests of others give their items only */
  forms: ReadForm[]
  /** everything that is not carried over, file by file */
  findings: PackageFinding[]
}

type About = Omit<Item, 'texts'>

/**
 * Items of a QTI 3 package. An item that would ask or score something else than the package says is refused; what is merely left
 * out is listed. A package that cannot be opened has one finding and no items.
 *
 * @param place  for items that do not say themselves where they stand in our framework; null: those are refused
 */
export function readPackage(bytes: Uint8Array, place: Place | null): ReadPackage {
  const findings: PackageFinding[] = []
  const refusePackage = (file: string, reason: string, line: number | null = null): ReadPackage => ({
    items: [],
    forms: [],
    findings: [{ file, element: '', line, reason, outcome: 'package_refused' }],
  })
  let files: Map<string, Uint8Array>
  let manifest: Element
  try {
    files = openZip(bytes)
    const found = files.get('imsmanifest.xml')
    if (!found) return refusePackage('imsmanifest.xml', 'no_manifest')
    manifest = parseXml(found)
  } catch (error) {
    if (error instanceof PackageRefused) return refusePackage(error.file, error.reason)
    if (error instanceof XmlRefused) return refusePackage('imsmanifest.xml', error.reason, error.line)
    throw error
  }
  const resources = all(manifest, 'resource')
  const read: { about: About; text: ItemText; files: MediaFile[]; file: string }[] = []
  for (const resource of resources) {
    const type = resource.attributes.get('type') ?? ''
    const href = resource.attributes.get('href') ?? ''
    if (!/^imsqti_item_xmlv3p0$/.test(type)) {
      if (type === 'imsqti_test_xmlv3p0') {
        if (!isOwnForm(resource)) findings.push(...testFindings(files, href, resource))
        continue
      }
      const isPart = /^(imsqti_stimulus_xmlv3p0|webcontent|associatedcontent.*)$/.test(type)
      if (!isPart) {
        findings.push({
          file: href || 'imsmanifest.xml',
          element: type.slice(0, 100),
          line: resource.line,
          reason: 'not_an_item',
          outcome: 'left_out',
        })
      }
      continue
    }
    const own = new Findings(href)
    try {
      read.push({ ...readOne(files, href, resource, own, place), file: href })
    } catch (error) {
      const { element, line, reason } = refusalOf(error)
      own.all.push({ file: href, element, line, reason, outcome: 'item_refused' })
    }
    findings.push(...own.all)
  }
  if (!resources.some((each) => /^imsqti_item/.test(each.attributes.get('type') ?? ''))) {
    return refusePackage('imsmanifest.xml', 'no_items')
  }
  const items = [...Map.groupBy(read, ({ about }) => about.code).values()].flatMap((texts) => {
    const { about, file } = texts[0]!
    const item = Item.safeParse({ ...about, texts: texts.map(({ text }) => text) })
    if (!item.success) {
      for (const { path, message } of item.error.issues.slice(0, 10)) {
        findings.push({
          file,
          element: path.join('.').slice(0, 100),
          line: null,
          reason: message.slice(0, 200),
          outcome: 'item_refused',
        })
      }
      return []
    }
    const media = new Map(texts.flatMap(({ files }) => files.map((each) => [each.name, each] as const)))
    return [{ item: item.data, files: [...media.values()] }]
  })
  const forms = resources.filter(isOwnForm).flatMap((resource) => {
    const codeAt = (from: string) => (to: string) =>
      read.find(({ file }) => file === addressed(from, to))?.about.code ?? null
    const { form, found } = formOf(files, resource, codeAt)
    findings.push(...found)
    return form ? [form] : []
  })
  return { items, forms, findings }
}

const isOwnForm = (resource: Element) =>
  resource.attributes.get('type') === 'imsqti_test_xmlv3p0' &&
  all(resource, 'form').some(({ space }) => space === OWN_FORM)

function formOf(
  files: ReadonlyMap<string, Uint8Array>,
  resource: Element,
  codeAt: (from: string) => (to: string) => string | null,
): { form: ReadForm | null; found: PackageFinding[] } {
  const href = resource.attributes.get('href') ?? ''
  const about = all(resource, 'form').find(({ space }) => space === OWN_FORM)!.attributes
  try {
    const root = parseXml(files.get(href) ?? refuse(resource, 'file_missing'))
    const { form, findings } = readForm(root, href, about, codeAt(href))
    return { form, found: findings.all }
  } catch (error) {
    const { element, line, reason } = refusalOf(error)
    return {
      form: null,
      found: [{ file: href || 'imsmanifest.xml', element, line, reason, outcome: 'left_out' }],
    }
  }
}

/** Items of a test are taken over; what the test says besides is listed. */
function testFindings(
  files: ReadonlyMap<string, Uint8Array>,
  href: string,
  resource: Element,
): PackageFinding[] {
  try {
    return readTest(parseXml(files.get(href) ?? refuse(resource, 'file_missing')), href).all
  } catch (error) {
    const { element, line, reason } = refusalOf(error)
    return [{ file: href || 'imsmanifest.xml', element, line, reason, outcome: 'left_out' }]
  }
}

function refusalOf(error: unknown): { element: string; line: number | null; reason: string } {
  if (error instanceof ItemRefused) return error.finding
  if (error instanceof XmlRefused) return { element: '', line: error.line, reason: error.reason }
  throw error
}

function readOne(
  files: ReadonlyMap<string, Uint8Array>,
  href: string,
  resource: Element,
  findings: Findings,
  place: Place | null,
) {
  const root = parseXml(files.get(href) ?? refuse(resource, 'file_missing'))
  const pictures = new Map<string, MediaFile>()
  const mediaFrom = (from: string) => (src: string, at: Element) => {
    const path = addressed(from, src) ?? refuse(at, 'address_outside')
    const name = pictureName(path)
    const bytes = files.get(path) ?? refuse(at, 'media_missing')
    const type = mediaTypeOf(bytes) ?? refuse(at, 'media_unsafe')
    const there = pictures.get(name)
    if (there && Buffer.compare(there.bytes, bytes) !== 0) refuse(at, 'two_pictures_of_a_name')
    pictures.set(name, { name, type, bytes })
    return name
  }
  const text = readItem(root, {
    findings,
    media: mediaFrom(href),
    stimulus: (to, at) => {
      const path = addressed(href, to) ?? refuse(at, 'address_outside')
      const own = new Findings(path)
      const found = readStimulus(parseXml(files.get(path) ?? refuse(at, 'file_missing')), {
        findings: own,
        media: mediaFrom(path),
      })
      findings.all.push(...own.all)
      return found
    },
  })
  const used = new Set(mediaOf(text))
  return {
    about: aboutOf(resource, root, place),
    text,
    files: [...pictures.values()].filter(({ name }) => used.has(name)),
  }
}

/** Where an address leads inside the package; null: out of it. */
function addressed(from: string, to: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:|^\/|\\/i.test(to)) return null
  let decoded: string
  try {
    decoded = decodeURIComponent(to)
  } catch {
    return null
  }
  const path = posix.join(posix.dirname(from), decoded)
  return path.startsWith('..') ? null : path
}

/** A name of a picture as we can keep it. */
function pictureName(path: string): string {
  const [, stem = '', ending = ''] = /^(.*)\.([^.]*)$/.exec(posix.basename(path).toLowerCase()) ?? []
  const plain = stem
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[_-]+/, '')
    .slice(0, 60)
  return `${plain || 'attels'}.${ending === 'jpeg' ? 'jpg' : ending}`
}

/** What our own manifest says of an item; of another's, only its name and the place it was sent for. */
function aboutOf(resource: Element, root: Element, place: Place | null): About {
  const said = all(resource, 'item').find(({ space }) => space === OWN)?.attributes
  if (said) {
    const { domain, grade, strand, process, outcome, code, accessibility } = Object.fromEntries(said)
    return {
      code: code ?? '',
      accessibility: accessibility ?? '',
      place: {
        domain: domain as Place['domain'],
        grade: Number(grade),
        strand: strand ?? '',
        process: process ?? '',
        outcome: outcome ?? null,
      },
    }
  }
  if (!place) refuse(resource, 'no_place')
  const code = (root.attributes.get('identifier') ?? '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 32)
  return { code, accessibility: '', place: place! }
}

function all(element: Element, name: string): Element[] {
  return elementsIn(element).flatMap((child) => (child.name === name ? [child] : all(child, name)))
}

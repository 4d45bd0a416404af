import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { arbitraryItem } from '#test/assessments/arbitrary-items.ts'
import { bestAnswers, score } from '../content/scoring.ts'
import type { MediaFile } from '../store.ts'
import { mediaTypeOf } from './media.ts'
import { readPackage } from './read-package.ts'
import { writePackage } from './write-package.ts'
import { openZip } from './zip.ts'

const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4" cx="4" cy="4"/></svg>'
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
)
const pictures: MediaFile[] = [
  { name: 'attels.svg', type: 'image/svg+xml', bytes: strToU8(svg) },
  { name: 'karte-1.png', type: 'image/png', bytes: new Uint8Array(png) },
]
const place = { domain: 'numeracy' as const, grade: 3, strand: 'numbers', process: 'apply', outcome: null }

describe('a package that we wrote', () => {
  test('comes back as it was: import of an export is the same item, of every kind', () => {
    fc.assert(
      fc.property(arbitraryItem(), (item) => {
        const { items, findings } = readPackage(writePackage([{ item, files: pictures }]), null)
        expect(findings).toEqual([])
        expect(items.map((each) => each.item)).toEqual([item])
      }),
      { numRuns: 300 },
    )
  })
  test('keeps languages together, the original first, and shared texts shared', () => {
    const item = fc
      .sample(arbitraryItem(), { numRuns: 60, seed: 3 })
      .find(({ texts }) => texts[0]!.stimulus !== null)!
    const [lv] = item.texts
    const both = { ...item, texts: [lv!, { ...lv!, language: 'en' as const, title: 'In English' }] }
    const bytes = writePackage([
      { item: both, files: pictures },
      { item: { ...item, code: 'OTRS' }, files: pictures },
    ])
    const { items, findings } = readPackage(bytes, null)
    expect(findings).toEqual([])
    expect(items.map((each) => each.item)).toEqual([both, { ...item, code: 'OTRS' }])
    expect([...openZip(bytes).keys()].filter((path) => path.startsWith('stimuli/'))).toEqual([
      'stimuli/S1-lv.xml',
      'stimuli/S1-en.xml',
    ])
  })
  test('is the same file each time', () => {
    const [item] = fc.sample(arbitraryItem(), { numRuns: 1, seed: 1 })
    expect(writePackage([{ item: item!, files: pictures }])).toEqual(
      writePackage([{ item: item!, files: pictures }]),
    )
  })
  test('of items with different pictures of one name holds both', () => {
    const item = (code: string) => ({
      code,
      place,
      accessibility: '',
      texts: [
        {
          language: 'lv' as const,
          title: 'Attēls',
          stimulus: null,
          catalog: [],
          body: [
            {
              kind: 'figure' as const,
              picture: { media: 'attels.svg', alt: 'Aplis', width: null },
              caption: null,
              card: null,
            },
            {
              kind: 'paragraph' as const,
              card: null,
              content: [
                {
                  kind: 'textEntry' as const,
                  response: 'R',
                  label: 'Kas tas ir?',
                  expects: 'text' as const,
                  width: 8,
                },
              ],
            },
          ],
          keys: {
            R: {
              kind: 'text' as const,
              accepted: [{ text: 'aplis', points: 1 }],
              ignoreCase: true,
              ignoreDiacritics: false,
            },
          },
        },
      ],
    })
    const other = strToU8(svg.replace('circle', 'ellipse').replace('r="4"', 'rx="2" ry="3"'))
    const { items, findings } = readPackage(
      writePackage([
        { item: item('A-1'), files: [pictures[0]!] },
        { item: item('A-2'), files: [{ name: 'attels.svg', type: 'image/svg+xml', bytes: other }] },
      ]),
      null,
    )
    expect(findings).toEqual([])
    expect(items.map(({ files }) => files.map(({ name, bytes }) => [name, bytes.length]))).toEqual([
      [['attels.svg', svg.length]],
      [['attels-2.svg', other.length]],
    ])
  })
})

/** A package of somebody else's, of one item. */
function foreign(item: string, more: Record<string, Uint8Array> = {}): Uint8Array {
  return zipSync({
    'imsmanifest.xml': strToU8(
      `<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" identifier="m"><organizations/><resources>
       <resource identifier="r" type="imsqti_item_xmlv3p0" href="q.xml"><file href="q.xml"/></resource></resources></manifest>`,
    ),
    'q.xml': strToU8(item),
    ...more,
  })
}
const item = (inside: string, attributes = 'xml:lang="en-US"') =>
  `<?xml version="1.0"?><qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="choice_1"
     title="Capital of Latvia" adaptive="false" time-dependent="false" ${attributes}>${inside}</qti-assessment-item>`
const declaration = `<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">
  <qti-correct-response><qti-value>B</qti-value></qti-correct-response></qti-response-declaration>`
const question = `<qti-choice-interaction response-identifier="RESPONSE" max-choices="1">
  <qti-prompt>Which is it?</qti-prompt><qti-simple-choice identifier="A">Liepāja</qti-simple-choice>
  <qti-simple-choice identifier="B"><p>Rīga</p></qti-simple-choice></qti-choice-interaction>`
const template =
  '<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>'
const reasons = (bytes: Uint8Array) =>
  readPackage(bytes, place).findings.map(({ element, reason, outcome }) => [element, reason, outcome])

describe('a package of somebody else', () => {
  test('with a standard template is taken over and scored as it says', () => {
    const { items, findings } = readPackage(
      foreign(
        item(`${declaration}<qti-item-body><div>\n  <p>Look   at the
        map.</p>\n </div>${question}</qti-item-body>${template}`),
      ),
      place,
    )
    expect(findings).toEqual([])
    const text = items[0]!.item.texts[0]!
    expect(items[0]!.item).toMatchObject({ code: 'CHOICE-1', place })
    expect(text.body[0]).toEqual({
      kind: 'paragraph',
      card: null,
      content: [{ kind: 'text', text: 'Look at the map.' }],
    })
    expect(score(text, bestAnswers(text))).toMatchObject({ state: 'scored', points: 1, most: 1 })
    expect(score(text, { RESPONSE: ['A'] }).points).toBe(0)
  })
  test('loses nothing silently: what is not carried over is named with its line, file and reason', () => {
    const { items, findings } = readPackage(
      foreign(
        item(`${declaration}<qti-response-declaration identifier="X" cardinality="single" base-type="string"/>
          <qti-item-body class="wide"><h3>Map</h3>${question}<qti-rubric-block view="scorer"/></qti-item-body>${template}
          <qti-modal-feedback outcome-identifier="F" identifier="f" show-hide="show"/>`),
      ),
      place,
    )
    expect(items).toHaveLength(1)
    expect(findings).toEqual([
      { file: 'q.xml', element: 'qti-modal-feedback', line: 7, reason: 'not_carried', outcome: 'left_out' },
      {
        file: 'q.xml',
        element: 'qti-item-body@class',
        line: 4,
        reason: 'unknown_attribute',
        outcome: 'left_out',
      },
      { file: 'q.xml', element: 'h3', line: 4, reason: 'heading_level', outcome: 'left_out' },
      { file: 'q.xml', element: 'qti-rubric-block', line: 6, reason: 'not_for_pupils', outcome: 'left_out' },
      {
        file: 'q.xml',
        element: 'qti-response-declaration',
        line: 3,
        reason: 'not_asked',
        outcome: 'left_out',
      },
    ])
  })
  test.each([
    [
      'a kind of question we do not have',
      `${declaration}<qti-item-body><qti-associate-interaction response-identifier="RESPONSE"/></qti-item-body>${template}`,
      'qti-associate-interaction',
      'unknown_interaction',
    ],
    [
      'a video',
      `${declaration}<qti-item-body><video src="a.mp4"/>${question}</qti-item-body>${template}`,
      'video',
      'unknown_element',
    ],
    [
      'another way of scoring',
      `${declaration}<qti-item-body>${question}</qti-item-body><qti-response-processing><qti-exit-response/></qti-response-processing>`,
      'qti-exit-response',
      'unknown_scoring',
    ],
    [
      'no scoring at all',
      `${declaration}<qti-item-body>${question}</qti-item-body>`,
      'qti-response-declaration',
      'no_scoring',
    ],
    [
      'a picture that is not there',
      `${declaration}<qti-item-body><p><img src="a.png" alt="A"/></p>${question}</qti-item-body>${template}`,
      'img',
      'media_missing',
    ],
    [
      'a picture without words',
      `${declaration}<qti-item-body><p><img src="ok.svg"/></p>${question}</qti-item-body>${template}`,
      'img',
      'no_alternative_text',
    ],
    [
      'a picture that runs something',
      `${declaration}<qti-item-body><p><img src="bad.svg" alt="A"/></p>${question}</qti-item-body>${template}`,
      'img',
      'media_unsafe',
    ],
    [
      'an address out of the package',
      `${declaration}<qti-item-body><p><img src="../../etc/passwd" alt="A"/></p>${question}</qti-item-body>${template}`,
      'img',
      'address_outside',
    ],
    [
      'an address elsewhere',
      `${declaration}<qti-item-body><p><img src="https://example.org/a.png" alt="A"/></p>${question}</qti-item-body>${template}`,
      'img',
      'address_outside',
    ],
    [
      'a key that is no choice',
      `${declaration.replace('>B<', '>Z<')}<qti-item-body>${question}</qti-item-body>${template}`,
      '',
      'response RESPONSE: there is no choice Z',
    ],
    [
      'variants made by chance',
      `<qti-template-declaration identifier="T" cardinality="single" base-type="integer"/>${declaration}<qti-item-body>${question}</qti-item-body>${template}`,
      'qti-template-declaration',
      'template',
    ],
  ])('with %s is refused, with element and reason', (_what, inside, element, reason) => {
    const bytes = foreign(item(inside), {
      'ok.svg': strToU8(svg),
      'bad.svg': strToU8(svg.replace('<circle', '<script>alert(1)</script><circle')),
    })
    const { items, findings } = readPackage(bytes, place)
    const refused = findings.filter(({ outcome }) => outcome === 'item_refused')
    expect(items).toEqual([])
    expect(refused[0]).toMatchObject({ reason, element })
  })
  test('in a language we do not have, or without a place in the framework, is refused', () => {
    const inside = `${declaration}<qti-item-body>${question}</qti-item-body>${template}`
    expect(reasons(foreign(item(inside, 'xml:lang="fi"')))).toEqual([
      ['qti-assessment-item', 'unknown_language', 'item_refused'],
    ])
    expect(readPackage(foreign(item(inside)), null).findings).toMatchObject([
      { reason: 'no_place', outcome: 'item_refused' },
    ])
  })
})

describe('a hostile package', () => {
  const bomb = `<!DOCTYPE z [${Array.from({ length: 9 }, (_, n) => `<!ENTITY a${n + 1} "${`&a${n};`.repeat(10)}">`).join('')}]>`
  const fetching = '<!DOCTYPE z [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
  test.each([
    ['a document type that explodes', bomb + item(''), 'doctype'],
    ['an entity from a file', fetching + item('<p>&x;</p>'), 'doctype'],
    ['an entity nobody defined', item('<p>&x;</p>'), 'not_well_formed'],
    ['elements nested without end', item('<div>'.repeat(1e5)), 'too_large'],
    ['more elements than anybody needs', item('<p/>'.repeat(30_000)), 'too_large'],
    ['three megabytes of text', item(`<p>${'x'.repeat(3e6)}</p>`), 'too_large'],
    ['half an element', item('<p>').slice(0, -8), 'not_well_formed'],
    ['another alphabet', '<?xml version="1.0" encoding="utf-16"?><a/>', 'wrong_encoding'],
  ])('with %s is refused before anything is done with it', (_what, xml, reason) => {
    expect(reasons(foreign(xml.startsWith('<!') ? xml.replace('<?xml version="1.0"?>', '') : xml))).toEqual([
      ['', reason, 'item_refused'],
    ])
  })
  test('whose paths lead out of it, or that is none, is not opened', () => {
    for (const path of ['../q.xml', '/etc/q.xml', 'a\\..\\q.xml', 'C:/q.xml', 'a/../q.xml', 'a\nb']) {
      expect([path, reasons(zipSync({ [path]: strToU8('x') }))]).toEqual([
        path,
        [['', 'unsafe_path', 'package_refused']],
      ])
    }
    expect(reasons(strToU8('not a zip at all'))).toEqual([['', 'not_a_zip', 'package_refused']])
    expect(reasons(new Uint8Array(0))).toEqual([['', 'not_a_zip', 'package_refused']])
    expect(reasons(zipSync({ 'q.xml': strToU8('x') }))).toEqual([['', 'no_manifest', 'package_refused']])
    expect(reasons(foreign('x').subarray(0, 300))).toEqual([['', 'not_a_zip', 'package_refused']])
  })
  test('that unpacks to more than it may, or lies about how much it is, is refused', () => {
    const large = zipSync({ 'imsmanifest.xml': new Uint8Array(20_000_000) })
    expect(large.length).toBeLessThan(50_000)
    expect(reasons(large)).toEqual([['', 'too_large', 'package_refused']])
    // The size that the directory at the end tells is made small.
    const lying = Buffer.from(large)
    const at = lying.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'))
    lying.writeUInt32LE(100, at + 24)
    expect(readPackage(lying, place)).toMatchObject({ items: [], findings: [{ outcome: 'package_refused' }] })
  })
  test('has no pictures that run, embed or fetch anything', () => {
    const drawing = (inside: string, attributes = '') =>
      strToU8(
        `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`,
      )
    expect(mediaTypeOf(drawing('<g><use href="#a"/></g>'))).toBe('image/svg+xml')
    for (const bad of [
      drawing('<script/>'),
      drawing('', 'onload="alert(1)"'),
      drawing('<a xlink:href="javascript:alert(1)"/>'),
      drawing('<use xlink:href="https://example.org/a.svg#a"/>'),
      drawing('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'),
      drawing('<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'),
      drawing('<style>@import url(https://example.org/a.css)</style>'),
      drawing('<rect style="fill:url(https://example.org/a)"/>'),
      strToU8(`<!DOCTYPE svg>${svg}`),
      strToU8('<html/>'),
      strToU8('GIF8'),
      new Uint8Array(0),
    ]) {
      expect([Buffer.from(bad).toString(), mediaTypeOf(bad)]).toEqual([Buffer.from(bad).toString(), null])
    }
  })
})

import fc from 'fast-check'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readPackage } from './read-package.ts'
import { writePackage } from './write-package.ts'

const place = { domain: 'numeracy' as const, grade: 3, strand: 'numbers', process: 'apply', outcome: null }
const item = `<?xml version="1.0"?>
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="q-1" title="One" xml:lang="lv" adaptive="false" time-dependent="false">
  <qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">
    <qti-correct-response><qti-value>a</qti-value></qti-correct-response>
  </qti-response-declaration>
  <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
  <qti-item-body><qti-choice-interaction response-identifier="RESPONSE" max-choices="1" shuffle="false">
    <qti-prompt>2 + 2</qti-prompt><qti-simple-choice identifier="a">4</qti-simple-choice><qti-simple-choice identifier="b">5</qti-simple-choice>
  </qti-choice-interaction></qti-item-body>
  <qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>
</qti-assessment-item>`

/** A package with one item and a test of it. */
const pack = (aTest: string | null) =>
  zipSync({
    'imsmanifest.xml':
      strToU8(`<?xml version="1.0"?><manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" identifier="m"><resources>
      <resource identifier="t" type="imsqti_test_xmlv3p0" href="test.xml"/>
      <resource identifier="q" type="imsqti_item_xmlv3p0" href="q.xml"/></resources></manifest>`),
    'q.xml': strToU8(item),
    ...(aTest === null ? {} : { 'test.xml': strToU8(aTest) }),
  })
const aTest = (inside: string, part = '') =>
  `<?xml version="1.0"?>\n<qti-assessment-test xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="t" title="T">\n<qti-test-part identifier="p" submission-mode="individual" ${part}>${inside}</qti-test-part></qti-assessment-test>`
const read = (text: string | null) => readPackage(pack(text), place)
const listed = (text: string | null) =>
  read(text).findings.map(({ element, line, reason }) => `${element} ${line} ${reason}`)

test('a package with a test gives its items; the order of the test is said to be left out', () => {
  const { items, findings } = read(aTest('<qti-assessment-section identifier="s" title="S" visible="true"/>'))
  expect(items.map((each) => each.item.code)).toEqual(['Q-1'])
  expect(findings).toEqual([
    { file: 'test.xml', element: 'qti-assessment-test', line: 2, reason: 'test_order', outcome: 'left_out' },
  ])
})

test('everything of a test that is not carried over is listed with its line, nothing is dropped silently', () => {
  const rich = aTest(
    `
<qti-time-limits max-time="3600"/>
<qti-assessment-section identifier="s" title="S" visible="true"><qti-selection select="1"/><qti-ordering shuffle="true"/>
<qti-rubric-block view="candidate" use="instructions"/>
<qti-assessment-item-ref identifier="r" href="q.xml"><qti-weight identifier="W" value="2"/><qti-branch-rule target="EXIT_TEST"/></qti-assessment-item-ref>
<qti-assessment-section-ref identifier="e" href="other.xml"/></qti-assessment-section>`,
    'navigation-mode="linear"',
  )
  expect(listed(rich)).toEqual([
    'qti-assessment-test 2 test_order',
    'qti-test-part@navigation-mode 3 test_linear',
    'qti-time-limits 4 test_time',
    'qti-selection 5 test_selection',
    'qti-ordering 5 test_shuffle',
    'qti-rubric-block 6 test_words',
    'qti-weight 7 test_weight',
    'qti-branch-rule 7 test_branch',
    'qti-assessment-section-ref 8 test_section_elsewhere',
  ])
  expect(read(rich).items).toHaveLength(1)
})

describe('a form that was written here', () => {
  const items = readPackage(pack(null), place).items.flatMap(({ item, files }) =>
    ['A-1', 'A-2', 'A-3', 'A-4'].map((code) => ({ item: { ...item, code }, files })),
  )
  const form = {
    code: 'F-1',
    domain: 'numeracy',
    grade: 3,
    minutes: 45,
    items: ['A-3', 'A-1', 'A-4', 'A-2'].map((code, at) => ({
      code,
      strand: at < 2 ? 'numbers' : 'data',
      anchor: at === 2,
    })),
  }
  const plain = (said: typeof form) => ({
    ...said,
    items: said.items.map(({ code, anchor }) => ({ code, anchor })),
  })
  test('comes back as it was: order, anchors and time, and nothing is listed as left out', () => {
    const { forms, findings } = readPackage(writePackage(items, form), null)
    expect(findings).toEqual([])
    expect(forms).toEqual([plain(form)])
    // A package of what came back is the same, byte for byte.
    const strands = new Map(form.items.map(({ code, strand }) => [code, strand]))
    const again = readPackage(writePackage(items, form), null)
    const items2 = again.forms[0]!.items.map((each) => ({ ...each, strand: strands.get(each.code)! }))
    expect(writePackage(again.items, { ...again.forms[0]!, items: items2 })).toEqual(
      writePackage(items, form),
    )
    const open = { ...form, minutes: null }
    expect(readPackage(writePackage(items, open), null).forms).toEqual([{ ...plain(form), minutes: null }])
  })
  test('comes back whatever its order and anchors are', () => {
    const codes = form.items.map(({ code }) => code)
    fc.assert(
      fc.property(
        fc.shuffledSubarray(codes, { minLength: 1 }),
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        fc.option(fc.integer({ min: 1, max: 300 })),
        (order, anchors, minutes) => {
          const wanted = {
            ...form,
            minutes: minutes as number,
            items: order.map((code, at) => ({ code, strand: `s${at % 2}`, anchor: anchors[at]! })),
          }
          const { forms, findings } = readPackage(writePackage(items, wanted), null)
          expect([forms, findings]).toEqual([[plain(wanted)], []])
        },
      ),
    )
  })
  test('that somebody changed elsewhere says what is not carried over; one that lacks an item is no form', () => {
    const files = unzipSync(writePackage(items, form))
    const path = 'tests/F-1.xml'
    const changed = (from: string, to: string) =>
      readPackage(zipSync({ ...files, [path]: strToU8(strFromU8(files[path]!).replace(from, to)) }), null)
    const weighted = changed(
      'category="ikms-anchor"/>',
      'category="ikms-anchor"><qti-weight identifier="W" value="2"/></qti-assessment-item-ref>',
    )
    expect(weighted.findings.map(({ reason }) => reason)).toEqual(['test_weight'])
    expect(weighted.forms).toEqual([plain(form)])
    const lacking = changed('../items/A-4.xml', '../items/A-9.xml')
    expect(lacking.findings.map(({ reason }) => reason)).toEqual(['file_missing'])
    expect([lacking.forms, lacking.items.length]).toEqual([[], 4])
    const odd = changed('max-time="2700"', 'max-time="2701"')
    expect([odd.findings.map(({ reason }) => reason), odd.forms[0]!.minutes]).toEqual([['test_time'], null])
  })
})

test('a test that is missing or is no XML is said so, and its items still come', () => {
  for (const [text, reason] of [
    [null, 'file_missing'],
    ['<a>', 'not_well_formed'],
    ['<!DOCTYPE a><a/>', 'doctype'],
  ] as const) {
    expect([text, read(text).findings.map((each) => each.reason)]).toEqual([text, [reason]])
    expect(read(text).items).toHaveLength(1)
  }
})

import { tag } from './xml.ts'

/** A form as it goes into a package: its items in order. */
export interface WrittenTest {
  code: string
  domain: string
  grade: number
  /** to work; null: not said */
  minutes: number | null
  items: readonly { code: string; strand: string; anchor: boolean }[]
}

/** Words of our own for what QTI has none: of which domain and grade a form is. */
export const OWN_FORM = 'urn:ikms:form:1'
/** Category of an item that links the form to another one. */
export const ANCHOR = 'ikms-anchor'

/**
 * A form as a QTI 3 test: a section for each run of items of one strand, so that sections follow from the order.
 *
 * @param hrefOf  address of an item from the folder of tests, by its code
 */
export function testXml(test: WrittenTest, hrefOf: (code: string) => string): string {
  const runs: { strand: string; items: WrittenTest['items'][number][] }[] = []
  for (const item of test.items) {
    if (runs.at(-1)?.strand !== item.strand) runs.push({ strand: item.strand, items: [] })
    runs.at(-1)!.items.push(item)
  }
  const sections = runs.map(({ strand, items }, at) =>
    tag(
      'qti-assessment-section',
      { identifier: `section-${at + 1}`, title: strand, visible: false },
      `\n${items
        .map(({ code, anchor }) =>
          tag('qti-assessment-item-ref', {
            identifier: `ref-${code}`,
            href: hrefOf(code),
            category: anchor ? ANCHOR : null,
          }),
        )
        .join('\n')}\n`,
    ),
  )
  const xml = tag(
    'qti-assessment-test',
    {
      xmlns: 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0',
      identifier: `form-${test.code}`,
      title: test.code,
    },
    `\n${test.minutes === null ? '' : `${tag('qti-time-limits', { 'max-time': test.minutes * 60 })}\n`}${tag(
      'qti-test-part',
      { identifier: 'part', 'navigation-mode': 'nonlinear', 'submission-mode': 'simultaneous' },
      `\n${sections.join('\n')}\n`,
    )}\n`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`
}

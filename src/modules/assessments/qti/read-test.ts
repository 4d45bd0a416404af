import { Findings } from './findings.ts'
import { ANCHOR } from './write-test.ts'
import { type Element, elementsIn } from './xml.ts'

/** What a test says beyond its items, and why none of it is carried over. Outcome variables only pass points on. */
const reasons: Readonly<Record<string, string>> = {
  'qti-assessment-test': 'test_order',
  'qti-time-limits': 'test_time',
  'qti-selection': 'test_selection',
  'qti-ordering': 'test_shuffle',
  'qti-pre-condition': 'test_branch',
  'qti-branch-rule': 'test_branch',
  'qti-adaptive-selection': 'test_branch',
  'qti-item-session-control': 'test_session',
  'qti-weight': 'test_weight',
  'qti-outcome-processing': 'test_scoring',
  'qti-rubric-block': 'test_words',
  'qti-test-feedback': 'test_words',
  'qti-assessment-section-ref': 'test_section_elsewhere',
}

/**
 * What of a test of a package is not carried over, element by element: its items come into the bank, but a form is put together here.
 *
 * @param root     of the file of the test
 * @param carried  names of elements that are carried over
 */
export function readTest(root: Element, file: string, carried: readonly string[] = []): Findings {
  const findings = new Findings(file)
  const look = (element: Element) => {
    const reason = carried.includes(element.name) ? undefined : reasons[element.name]
    if (reason) findings.leave(element, reason)
    if (element.name === 'qti-test-part' && element.attributes.get('navigation-mode') === 'linear')
      findings.leave(element, 'test_linear', 'navigation-mode')
    for (const child of elementsIn(element)) look(child)
  }
  look(root)
  return findings
}

/** A form that was written here, as its package says it. */
export interface ReadForm {
  code: string
  domain: string
  grade: number
  minutes: number | null
  items: { code: string; anchor: boolean }[]
}

/**
 * A form of our own: its items in order, which of them are anchors, the time to work. Sections follow from the order and need not be
 * kept; everything else is listed.
 *
 * @param about   what the manifest says of it
 * @param codeAt  code of the item at an address; null: the package has none there
 * @returns       null where an item is missing, or it is no form
 */
export function readForm(
  root: Element,
  file: string,
  about: ReadonlyMap<string, string>,
  codeAt: (href: string) => string | null,
): { form: ReadForm | null; findings: Findings } {
  const all = (element: Element, name: string): Element[] =>
    elementsIn(element).flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)])
  const limits = all(root, 'qti-time-limits')
  const seconds = Number(limits[0]?.attributes.get('max-time'))
  const isPlain =
    limits.length === 1 &&
    elementsIn(root).includes(limits[0]!) &&
    limits[0]!.attributes.size === 1 &&
    Number.isInteger(seconds / 60) &&
    seconds > 0
  const findings = readTest(root, file, ['qti-assessment-test', ...(isPlain ? ['qti-time-limits'] : [])])
  const items: ReadForm['items'] = []
  for (const element of all(root, 'qti-assessment-item-ref')) {
    const code = codeAt(element.attributes.get('href') ?? '')
    if (code === null) findings.leave(element, 'file_missing')
    else
      items.push({ code, anchor: (element.attributes.get('category') ?? '').split(/\s+/).includes(ANCHOR) })
  }
  const isWhole = items.length > 0 && !findings.all.some(({ reason }) => reason === 'file_missing')
  const { code = '', domain = '', grade = '' } = Object.fromEntries(about)
  return {
    form: isWhole
      ? { code, domain, grade: Number(grade), minutes: isPlain ? seconds / 60 : null, items }
      : null,
    findings,
  }
}

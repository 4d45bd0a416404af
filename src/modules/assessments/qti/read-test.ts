import { Findings } from './findings.ts'
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
 * @param root  of the file of the test
 */
export function readTest(root: Element, file: string): Findings {
  const findings = new Findings(file)
  const look = (element: Element) => {
    const reason = reasons[element.name]
    if (reason) findings.leave(element, reason)
    if (element.name === 'qti-test-part' && element.attributes.get('navigation-mode') === 'linear')
      findings.leave(element, 'test_linear', 'navigation-mode')
    for (const child of elementsIn(element)) look(child)
  }
  look(root)
  return findings
}

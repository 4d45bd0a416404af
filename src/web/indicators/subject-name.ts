import type { Assessment } from '#modules/records/model.ts'
import type { Language } from '../text/language.ts'

type SubjectKey = 'mathematics'

/** What a figure is about beside its indicator: the test, or the school subject; null where there is none. */
export function subjectName(
  language: Language,
  subject: string,
  assessment: Assessment | undefined,
): string | null {
  if (subject === '-') return null
  if (assessment) return language.name(assessment.name)
  const isAdvanced = subject.endsWith('-al')
  const plain = isAdvanced ? subject.slice(0, -3) : subject
  const name = language.t(`subject.${plain as SubjectKey}`, { defaultValue: plain })
  return isAdvanced ? language.t('subject.advanced', { subject: name }) : name
}

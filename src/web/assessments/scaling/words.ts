import type { Hindrance } from '#modules/assessments/model.ts'
import type { Language } from '../../text/language.ts'

const hindrances = {
  not_there: 'notThere',
  round_not_closed: 'roundNotClosed',
  nobody_tested: 'nobodyTested',
  answers_wait: 'answersWait',
  reason_missing: 'reasonMissing',
} as const

/** Why a test cannot be scaled now. */
export const hindranceWords = (t: Language['t'], why: Hindrance): string =>
  t(`scaling.hindrances.${hindrances[why]}`)

/** At which stage a test is. */
export const stateWords = (t: Language['t'], state: string): string =>
  t(`rounds.states.${state}` as 'rounds.states.closed')

const faults: Record<string, 'tooFew' | 'tooFewStable' | 'drift' | 'undetermined'> = {
  'too few anchors': 'tooFew',
  'too few stable anchors': 'tooFewStable',
  'anchors drift': 'drift',
  'curves do not determine a link': 'undetermined',
}

/** Why a link does not hold. */
export const linkFaultWords = (t: Language['t'], fault: string): string =>
  t(`scaling.linkFaults.${faults[fault] ?? 'undetermined'}`)

/** A group that is compared with the others; a region, a form, a choice or a test goes by its own name. */
export function groupWords(t: Language['t'], group: string): string {
  return group === 'female' || group === 'other' ? t(`scaling.difGroups.${group}`) : group
}

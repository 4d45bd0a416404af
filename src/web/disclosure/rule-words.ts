import type { Rule } from '#modules/disclosure/model.ts'
import type { Language } from '../text/language.ts'

/** What a rule is about; a topic that has no word yet is shown as it is written in the rule. */
export function topicName({ t }: Language, topic: string): string {
  return t(`topic.${topic as 'results'}`, { defaultValue: topic })
}

/** The parts of a rule that a steward can try, in the order they are told. */
export const ruleParts = ['minimum', 'groupDisclosure', 'dominance', 'decimals', 'protection'] as const
export type RulePart = (typeof ruleParts)[number]

type Told = Omit<Rule, 'reason'>

/** A part of a rule as a table shows it: „10”, „nerāda, ja vairāk nekā 85 % summas ir 2 cilvēkiem”, „no −1 līdz +2”. */
export function partInWords({ t, count, share }: Language, rule: Told, part: RulePart): string {
  switch (part) {
    case 'minimum':
      return count(rule.minimum)
    case 'groupDisclosure':
      return t(rule.groupDisclosure ? 'rules.hidden' : 'rules.shown')
    case 'dominance': {
      if (!rule.dominance) return t('rules.notAsked')
      const { people, share: most } = rule.dominance
      return t('rules.held', { count: people, n: count(people), share: share(most, decimalsOf(100 * most)) })
    }
    case 'decimals':
      return rule.decimals === null ? t('rules.asComputed') : count(rule.decimals)
    case 'protection':
      return t('rules.protection', { below: count(rule.protectBelow), above: count(rule.protectAbove) })
  }
}

/** What differs between two rules, each part in words before and after. */
export function changesOf(
  language: Language,
  before: Told,
  after: Told,
): { part: RulePart; before: string; after: string }[] {
  return ruleParts
    .map((part) => ({
      part,
      before: partInWords(language, before, part),
      after: partInWords(language, after, part),
    }))
    .filter((each) => each.before !== each.after)
}

/** Whether a number is written with a decimal: 85 % but 33,3 %. */
function decimalsOf(x: number): number {
  return Math.abs(x - Math.round(x)) < 1e-9 ? 0 : 1
}

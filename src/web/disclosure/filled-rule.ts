import type { Rule, RuleChange } from '#modules/disclosure/model.ts'

/** The fields of the form in which a steward changes a rule; all are text until they are sent. */
export const ruleFields = [
  'minimum',
  'groupDisclosure',
  'dominancePeople',
  'dominanceShare',
  'decimals',
  'protectBelow',
  'protectAbove',
] as const
export type RuleField = (typeof ruleFields)[number]
export type Filled = Record<RuleField, string>

/** A rule as the form shows it; a share is per cent there, with the decimal sign of the language. */
export function filledFrom(rule: Omit<Rule, 'reason'>, decimalSign: ',' | '.'): Filled {
  const perCent = rule.dominance && Math.round(rule.dominance.share * 1e6) / 1e4
  return {
    minimum: String(rule.minimum),
    groupDisclosure: rule.groupDisclosure ? 'on' : '',
    dominancePeople: rule.dominance ? String(rule.dominance.people) : '',
    dominanceShare: perCent === null ? '' : String(perCent).replace('.', decimalSign),
    decimals: rule.decimals === null ? '' : String(rule.decimals),
    protectBelow: String(rule.protectBelow),
    protectAbove: String(rule.protectAbove),
  }
}

/** What a form field holds when it was sent; a box that is not ticked is not sent at all. */
export function filledIn(form: FormData): Filled {
  const said = (field: RuleField) => {
    const value = form.get(field)
    return typeof value === 'string' ? value.trim() : ''
  }
  return Object.fromEntries(ruleFields.map((field) => [field, said(field)])) as Filled
}

/** What the API is asked; it alone decides what is valid. Text that is no number goes on as text, a gap as nothing. */
export interface Asked extends Pick<RuleChange, 'audience' | 'topic' | 'sensitive' | 'groupDisclosure'> {
  minimum: number | string | undefined
  protectBelow: number | string | undefined
  protectAbove: number | string | undefined
  decimals: number | string | null
  dominance: { people: number | string | undefined; share: number | string | undefined } | null
}

/** The filled-in form as a question to the API. What the form does not show stays as in the rule in force. */
export function askedFrom(filled: Filled, inForce: Rule): Asked {
  const share = numberIn(filled.dominanceShare)
  const isDominanceAsked = filled.dominancePeople !== '' || filled.dominanceShare !== ''
  return {
    audience: inForce.audience,
    topic: inForce.topic,
    sensitive: inForce.sensitive,
    minimum: numberIn(filled.minimum),
    groupDisclosure: filled.groupDisclosure !== '',
    dominance: isDominanceAsked
      ? {
          people: numberIn(filled.dominancePeople),
          share: typeof share === 'number' ? Math.round(share * 1e4) / 1e6 : share,
        }
      : null,
    decimals: numberIn(filled.decimals) ?? null,
    protectBelow: numberIn(filled.protectBelow),
    protectAbove: numberIn(filled.protectAbove),
  }
}

/** Whether the question changes anything of the rule in force. */
export function isSame(asked: Asked, inForce: Rule): boolean {
  return (
    asked.minimum === inForce.minimum &&
    asked.groupDisclosure === inForce.groupDisclosure &&
    asked.decimals === inForce.decimals &&
    asked.protectBelow === inForce.protectBelow &&
    asked.protectAbove === inForce.protectAbove &&
    asked.dominance?.people === inForce.dominance?.people &&
    asked.dominance?.share === inForce.dominance?.share
  )
}

/** The field of the form at which a fault of the API is told; null: none of them. */
export function fieldOf(fault: string): RuleField | null {
  if (fault === 'dominance.people') return 'dominancePeople'
  if (fault === 'dominance.share') return 'dominanceShare'
  return ruleFields.find((field) => field === fault) ?? null
}

/** „85,5” → 85.5; nothing typed → undefined; anything else stays the text it is. */
function numberIn(text: string): number | string | undefined {
  if (text === '') return undefined
  const plain = text.replace(/[\s\u00a0%]/g, '').replace(',', '.')
  return /^[-−]?\d+(\.\d+)?$/.test(plain) ? Number(plain.replace('−', '-')) : text
}

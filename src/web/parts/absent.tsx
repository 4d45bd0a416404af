import type { Indicator } from '#modules/indicators/model.ts'
import { type AbsenceReason, absenceSymbol, type Cell } from '#terms/cell.ts'
import type { Config } from '#terms/config.ts'
import { useLanguage } from '../text/language.ts'
import { absenceClause } from '../text/sentences.ts'
import css from './absent.module.css'

type Rules = Config['rules']

/** The rule that decides about an indicator's topic for the public. */
export function ruleFor(rules: Rules, indicator: Indicator | undefined): Rules[number] | undefined {
  return rules.find((rule) => rule.audience === 'public' && rule.topic === indicator?.topic)
}

/** A number that is not there: its symbol, and its reason for whoever listens instead of looking. */
export function Absent(props: { cell: Cell; indicator: Indicator; rules: Rules }) {
  const language = useLanguage()
  const reason = props.cell.absent ?? 'unavailable'
  const clause = absenceClause(language, reason, ruleFor(props.rules, props.indicator))
  return (
    <span className={css.absent} title={clause}>
      <span aria-hidden="true">{absenceSymbol[reason]}</span>
      <span className="hidden">{clause}</span>
    </span>
  )
}

/** The symbols of a table with their reasons, each once. */
export function AbsenceKey(props: { cells: readonly Cell[]; indicator: Indicator; rules: Rules }) {
  const language = useLanguage()
  const { t, to } = language
  const reasons = [
    ...new Set(props.cells.flatMap(({ absent }) => (absent ? [absent] : []))),
  ] as AbsenceReason[]
  if (reasons.length === 0) return null
  const rule = ruleFor(props.rules, props.indicator)
  return (
    <p className={css.key}>
      {reasons.map((reason) => (
        <span key={reason}>
          <b>{absenceSymbol[reason]}</b> – {absenceClause(language, reason, rule)}.{' '}
        </span>
      ))}
      <a className="no-print" href={to('rules')}>
        {t('absence.how')}
      </a>
    </p>
  )
}

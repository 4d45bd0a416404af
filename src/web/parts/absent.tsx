import type { Indicator } from '#modules/indicators/model.ts'
import { type AbsenceReason, absenceSymbol, type Cell } from '#terms/cell.ts'
import type { Config } from '#terms/config.ts'
import { useLanguage } from '../text/language.ts'
import { absenceClause } from '../text/sentences.ts'
import { absenceAnchor } from './absence-anchor.ts'
import { absencesIn, type KeyedFigure, ruleFor } from './absences.ts'
import css from './absent.module.css'

type Rules = Config['rules']

/** A number that is not there: its symbol, and its reason for whoever listens instead of looking. */
export function Absent(props: { cell: Pick<Cell, 'absent'>; indicator: Indicator; rules: Rules }) {
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

/** Leads to the explanation of a reason. */
export function HowProtected({ reason }: { reason: AbsenceReason }) {
  const { t, to } = useLanguage()
  return (
    <a className="no-print" href={`${to('rules')}#${absenceAnchor[reason]}`}>
      {t('absence.how')}
    </a>
  )
}

/** The symbols of a table with their reasons, each once; the reason leads to its explanation. */
export function AbsenceKey(props: { figures: readonly KeyedFigure[]; rules: Rules }) {
  const language = useLanguage()
  const { to } = language
  const entries = absencesIn(language, props.figures, props.rules)
  if (entries.length === 0) return null
  return (
    <p className={css.key}>
      {entries.map(({ reason, clause, of }) => (
        <span key={clause}>
          <b>{absenceSymbol[reason]}</b> –{' '}
          <a href={`${to('rules')}#${absenceAnchor[reason]}`}>
            {clause}
            {of && ` (${of})`}
          </a>
          .{' '}
        </span>
      ))}
    </p>
  )
}

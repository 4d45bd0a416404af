import type { Statement } from '#modules/assessments/model.ts'
import type { Words } from '#terms/locale.ts'
import { useLanguage } from '../../text/language.ts'
import css from './observation.module.css'

/** A statement: three steps and „not observed”, each a button that keeps itself. */
export function StatementForm(props: {
  page: string
  csrf: string
  statement: Statement
  /** what the steps are called */
  steps: readonly Words[]
  /** undefined: not asked yet; null: not observed */
  chosen: number | null | undefined
  /** id of the statement to go to afterwards */
  next: string
}) {
  const { t, name } = useLanguage()
  const { statement, chosen } = props
  const title = `${statement.id}-name`
  return (
    <li id={statement.id} className={css.statement}>
      <form method="post" action={props.page} data-statement={statement.id} aria-labelledby={title}>
        <input type="hidden" name="csrf" value={props.csrf} />
        <input type="hidden" name="statement" value={statement.id} />
        <input type="hidden" name="next" value={props.next} />
        <h3 id={title}>{name(statement.name)}</h3>
        <div className={css.steps}>
          {statement.steps.map((words, at) => (
            <button
              key={words.lv}
              type="submit"
              name="step"
              value={at + 1}
              className={css.step}
              aria-pressed={chosen === at + 1}
            >
              <b>{name(props.steps[at]!)}</b>
              <span>{name(words)}</span>
            </button>
          ))}
        </div>
        <button type="submit" name="step" value="0" className={css.none} aria-pressed={chosen === null}>
          {t('observation.notObserved')}
        </button>
      </form>
    </li>
  )
}

import type { PreschoolProfile } from '#modules/assessments/model.ts'
import { useLanguage } from '../../text/language.ts'
import css from './observation.module.css'

type Statements = PreschoolProfile['domains'][number]['statements']

/** What was seen of each statement, which step comes next, what to try at home. */
export function StatementList({ statements, head = 'h3' }: { statements: Statements; head?: 'h3' | 'h4' }) {
  const { t, name } = useLanguage()
  const Head = head
  return (
    <ul className={css.profile}>
      {statements.map((statement) => (
        <li key={statement.id}>
          <Head>{name(statement.name)}</Head>
          <p>{statement.words ? name(statement.words) : t('observation.notObserved')}</p>
          {statement.next && (
            <p className="small">
              <b>{t('observation.next')}:</b> {name(statement.next)}
            </p>
          )}
          {statement.home && (
            <p className="small">
              <b>{t('observation.tryAtHome')}:</b> {name(statement.home)}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

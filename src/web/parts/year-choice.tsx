import { useLanguage } from '../text/language.ts'
import css from './year-choice.module.css'

/** School years to choose from: each is an address of its own. One year leaves nothing to choose. */
export function YearChoice(props: {
  years: readonly number[]
  chosen: number | null
  to: (year: number) => string
}) {
  const { t, year } = useLanguage()
  if (props.years.length < 2) return null
  return (
    <nav className={`${css.years} no-print`} aria-label={t('unit.years')}>
      <ul className="chips">
        {props.years.map((each) => (
          <li key={each}>
            <a href={props.to(each)} aria-current={each === props.chosen ? 'page' : undefined}>
              {year(each)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

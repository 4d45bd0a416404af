import type { SchoolState } from '#modules/worklists/model.ts'
import { useLanguage } from '../text/language.ts'
import { isShown, type SchoolChoice, schoolChoices } from './shown-schools.ts'
import css from './work.module.css'

/** Links to choose which schools are listed, each with how many they would be. */
export function SchoolFilter({ schools, choice }: { schools: readonly SchoolState[]; choice: SchoolChoice }) {
  const { t, to, count } = useLanguage()
  return (
    <nav className={`no-print ${css.filter}`} aria-label={t('work.filter')}>
      <ul className="chips">
        {schoolChoices.map((each) => (
          <li key={each}>
            <a
              href={each === 'all' ? to('myWork') : `${to('myWork')}?show=${each}#schools`}
              aria-current={each === choice ? 'true' : undefined}
            >
              {t(`work.choice.${each}`)} ({count(schools.filter((school) => isShown(school, each)).length)})
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

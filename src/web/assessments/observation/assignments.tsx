import type { Assessor, PreschoolGroup } from '#modules/assessments/model.ts'
import { Section } from '../../parts/page.tsx'
import { useLanguage } from '../../text/language.ts'
import css from './observation.module.css'

/** Who observes where, and the form that assigns: for a coordinator. */
export function Assignments(props: {
  schoolYear: number
  items: readonly Assessor[]
  groups: readonly PreschoolGroup[]
  csrf: string
  isRefused: boolean
}) {
  const { t, to, name, year } = useLanguage()
  const { schoolYear, items, groups, csrf } = props
  const unnamed = t('observation.nameless')
  return (
    <Section title={t('observation.assign')} id="assign" className="stack">
      <p>{t('observation.assignLead', { year: year(schoolYear) })}</p>
      {props.isRefused && (
        <p role="alert" className="note">
          {t('observation.refused')}
        </p>
      )}
      {items.length === 0 && <p>{t('observation.noAssessors')}</p>}
      {groups.length === 0 && <p>{t('observation.noPlaces')}</p>}
      <ul className={css.assessors}>
        {items.map(({ mandate, name: assessor, assignments }) => (
          <li key={mandate}>
            <b>{assessor ?? unnamed}</b>
            {assignments.map(({ id, place, label }) => (
              <form key={id} method="post" action={to('observations')} className={css.assignment}>
                <input type="hidden" name="csrf" value={csrf} />
                <span>
                  {name(place.name)}, {label ?? t('observation.whole')}
                </span>
                <button type="submit" name="end" value={id} className="button quiet">
                  {t('observation.end')}
                  <span className="hidden">
                    {' '}
                    {t('observation.endOf', { name: assessor ?? unnamed, place: name(place.name) })}
                  </span>
                </button>
              </form>
            ))}
          </li>
        ))}
      </ul>
      {items.length > 0 && groups.length > 0 && (
        <form method="post" action={to('observations')} className={css.assign}>
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="year" value={schoolYear} />
          <label>
            {t('observation.assessor')}
            <select name="assessor">
              {items.map(({ mandate, name: assessor }) => (
                <option key={mandate} value={mandate}>
                  {assessor ?? unnamed}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t('observation.group')}
            <select name="group">
              {groups.map(({ place, label }) => (
                <option key={`${place.id}|${label}`} value={`${place.id}|${label}`}>
                  {name(place.name)}, {label}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" className="button">
            {t('observation.give')}
          </button>
        </form>
      )}
    </Section>
  )
}

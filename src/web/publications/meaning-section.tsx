import { Section } from '../parts/page.tsx'
import { isShown } from '../text/sentences.ts'
import { figureOf, type UnitView } from './unit-view.ts'

/** What the numbers mean, what they do not say, and where to go from here. */
export function MeaningSection({ view }: { view: UnitView }) {
  const { language, data } = view
  const { t, to, name } = language
  const { unit, path, schoolYears, schoolYear } = data.profile
  const indicator = view.indicatorOf(data.resultCode)
  const result = data.main && figureOf(data, data.resultCode, data.main.subject)
  const municipality = path.findLast(({ level }) => level === 'municipality')
  return (
    <Section>
      <div className="grid two">
        <div className="stack">
          <h2>{t('meaning.title')}</h2>
          {result && isShown(result.cell) && <p>{t('meaning.interval')}</p>}
          {unit.level === 'school' && !(result && (result.cell.n ?? 0) >= 60) && (
            <p>{t('meaning.smallSchool')}</p>
          )}
          {indicator && <p>{name(indicator.doesNotSay)}</p>}
          {schoolYears.length < 2 && <p>{t('meaning.oneYear')}</p>}
        </div>
        <div className="stack no-print">
          <h2>{t('meaning.next')}</h2>
          <ul className="bullets">
            {municipality && (
              <li>
                <a href={to('municipality', { id: municipality.id, year: data.yearInAddress })}>
                  {t('meaning.municipality', { name: name(municipality.name) })}
                </a>
              </li>
            )}
            {unit.level !== 'state' && (
              <li>
                <a href={to('state', { year: data.yearInAddress })}>{t('meaning.state')}</a>
              </li>
            )}
            <li>
              <a href={to('indicators')}>{t('meaning.definitions')}</a>
            </li>
            <li>
              <a href={to('help')}>{t('meaning.help')}</a>
            </li>
            {schoolYear && (
              <li>
                <a href={to(unit.level, { id: unit.id, year: schoolYear })}>{t('meaning.permanent')}</a>
              </li>
            )}
          </ul>
        </div>
      </div>
    </Section>
  )
}

import { ruleFor } from '../parts/absences.ts'
import { HowProtected } from '../parts/absent.tsx'
import { isShown, resultSentence } from '../text/sentences.ts'
import { figureOf, type UnitView } from './unit-view.ts'
import css from './why-missing.module.css'

/**
 * A unit whose result is not shown does not get an empty page: which rule, why, what its neighbours look like and who
 * does see the number.
 */
export function WhyMissing({ view }: { view: UnitView }) {
  const { language, data, rules } = view
  const { t, to, name, count } = language
  const { main, profile } = data
  const figure = main && figureOf(data, data.resultCode, main.subject)
  const indicator = view.indicatorOf(data.resultCode)
  if (!main || !figure || !indicator || isShown(figure.cell)) return null
  const rule = ruleFor(rules, indicator)
  const reason = figure.cell.absent ?? 'unavailable'
  const neighbour = figure.against.find(({ cell }) => isShown(cell))
  return (
    <section className={css.why} aria-labelledby="why-missing">
      <h2 id="why-missing">{t(`why.title.${profile.unit.level === 'school' ? 'school' : 'unit'}`)}</h2>
      <p>
        {reason === 'too_few' && rule
          ? t('why.tooFew', { count: rule.minimum, n: count(rule.minimum) })
          : t(`why.${reason}`)}{' '}
        {reason === 'too_few' && rule && name(rule.reason)}
      </p>
      {reason !== 'unavailable' && reason !== 'not_applicable' && <p>{t('why.protects')}</p>}
      {neighbour && isShown(neighbour.cell) && (
        <p>
          {t(`why.instead.${neighbour.unit.level}`)}{' '}
          <a href={to(neighbour.unit.level, { id: neighbour.unit.id, year: data.yearInAddress })}>
            {name(neighbour.unit.name)}
          </a>
          {'. '}
          {resultSentence(language, neighbour.cell, main, view.writerOf(figure))}
        </p>
      )}
      {profile.unit.level === 'school' && <p className="small">{t('why.head')}</p>}
      <p className="small no-print">
        <HowProtected reason={reason} />
      </p>
    </section>
  )
}

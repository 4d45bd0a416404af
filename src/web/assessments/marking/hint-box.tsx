import type { MarkSuggestion } from '#modules/assessments/model.ts'
import { useLanguage } from '../../text/language.ts'
import css from './marking.module.css'

/** What suggesters say, where it comes from, and how far they could be trusted so far. */
export function HintBox({ suggestions }: { suggestions: readonly MarkSuggestion[] }) {
  const { t } = useLanguage()
  if (suggestions.length === 0) return <p className={css.hint}>{t('marking.hintOff')}</p>
  return suggestions.map((each) => <Hint key={each.suggester} hint={each} />)
}

function Hint({ hint: { suggester, points, support, neighbours, why, record } }: { hint: MarkSuggestion }) {
  const { t, share, count } = useLanguage()
  const isOutside = suggester !== 'nearest'
  return (
    <section className={css.hint} role="status">
      {isOutside && (
        <p className="small">{t('marking.hintOutside', { who: suggester.replace(/^http /, '') })}</p>
      )}
      <p>
        {points === null ? (
          t('marking.hintNone')
        ) : (
          <strong>{t('marking.hintPoints', { points: t('marking.pointsFor', { count: points }) })}</strong>
        )}
        {neighbours.length > 0 && ` ${t('marking.hintSupport', { share: share(support) })}`}
      </p>
      {why && <p>{why}</p>}
      {neighbours.length > 0 && (
        <>
          <p className="small">{t('marking.neighbours')}</p>
          <ul>
            {neighbours.map((each, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two answers may be the same, and they never move
              <li key={at}>
                <strong>{t('marking.pointsFor', { count: each.points })}</strong> „{each.text}”{' '}
                <span className="small">{t('marking.likeness', { share: share(each.likeness) })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {record && (
        <p className="small">
          {t('marking.hintRecord', {
            share: share(record.exact),
            n: count(record.n),
            low: share(record.low),
            high: share(record.high),
          })}
        </p>
      )}
    </section>
  )
}

import type { Trend } from '#modules/publications/model.ts'
import { subjectName } from '../indicators/subject-name.ts'
import { Section } from '../parts/page.tsx'
import type { UnitView } from '../publications/unit-view.ts'
import { verdict } from '../text/sentences.ts'
import css from './attention-section.module.css'
import { criteriaOf } from './criteria-view.ts'

const MOST = 8 // differences told at once; the rest can be opened

/**
 * Where the figures of a unit clearly differ from the state's, in the order of the framework: something to ask about, not
 * a judgement. Among many comparisons some differ by chance, and that is said.
 */
export function AttentionSection({ view, trends }: { view: UnitView; trends: readonly Trend[] }) {
  const { t, count } = view.language
  const compared = criteriaOf(view.data, trends).flatMap(({ indicators }) =>
    indicators.flatMap(({ indicator, lead, others }) =>
      [lead, ...others].flatMap(({ figure }) => {
        const state = figure.against.find(({ unit }) => unit.level === 'state')
        return state?.difference ? [{ indicator, figure, difference: state.difference }] : []
      }),
    ),
  )
  if (compared.length < 2) return null
  const clear = compared.filter(({ difference }) => difference.verdict !== 'no_clear_difference')
  return (
    <Section title={t('attention.title')} id="attention">
      <p className={css.say}>
        {clear.length === 0
          ? t('attention.none', { count: compared.length, n: count(compared.length) })
          : t('attention.some', {
              count: clear.length,
              n: count(clear.length),
              all: count(compared.length),
            })}{' '}
        {t('attention.chance')}
      </p>
      <List view={view} differences={clear.slice(0, MOST)} />
      {clear.length > MOST && (
        <details className={css.more}>
          <summary>
            {t('attention.more', { count: clear.length - MOST, n: count(clear.length - MOST) })}
          </summary>
          <List view={view} differences={clear.slice(MOST)} />
        </details>
      )}
    </Section>
  )
}

function List(props: {
  view: UnitView
  differences: readonly {
    indicator: Parameters<typeof verdict>[1]
    figure: { subject: string }
    difference: Parameters<typeof verdict>[2]
  }[]
}) {
  const { view } = props
  const { language, data } = view
  const { to, name } = language
  if (props.differences.length === 0) return null
  return (
    <ul className={css.list}>
      {props.differences.map(({ indicator, figure, difference }) => {
        const subject = subjectName(language, figure.subject, view.assessmentOf(figure.subject))
        const address = to('unitIndicator', {
          id: data.profile.unit.id,
          code: indicator.code,
          year: data.yearInAddress,
        })
        return (
          <li key={indicator.code + figure.subject}>
            <a href={subject ? `${address}?${new URLSearchParams({ subject: figure.subject })}` : address}>
              {name(indicator.short)}
              {subject && `: ${subject}`}
            </a>
            <span>{verdict(language, indicator, difference, 'state')}</span>
          </li>
        )
      })}
    </ul>
  )
}

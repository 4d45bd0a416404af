import type { Trend } from '#modules/publications/model.ts'
import { ChartFrame } from '../charts/chart-frame.tsx'
import { PartsTable } from '../charts/parts-table.tsx'
import { codes } from '../indicators/codes.ts'
import { HowProtected } from '../parts/absent.tsx'
import { Section } from '../parts/page.tsx'
import { isShown, progressSentence, pupils } from '../text/sentences.ts'
import { figureOf, type UnitView } from './unit-view.ts'

/** How far pupils came between two tests, compared with others who started level; or why that is not shown. */
export function ProgressSection({ view, trends }: { view: UnitView; trends: readonly Trend[] }) {
  const { language, data } = view
  const { t, name } = language
  const figure = data.main && figureOf(data, codes.progress, data.main.subject)
  const indicator = view.indicatorOf(codes.progress)
  if (!data.main || !indicator) return null
  // measured in other tests than the page leads with: then it stands among the criteria
  if (!figure && figureOf(data, codes.progress)) return null
  // growth between monitoring tests has a section of its own
  if (!figure && figureOf(data, codes.growth)) return null
  if (!data.main.startsFrom || !figure) {
    const from = growthFrom(trends)
    return (
      <Section title={t('progress.title')} id="progress">
        <p>
          {t('progress.oneRound')}{' '}
          {from !== null && from > (data.profile.schoolYear ?? 0) && t('progress.from', { year: from })}
        </p>
      </Section>
    )
  }
  const level = data.profile.unit.level
  const { cell } = figure
  return (
    <Section title={t('progress.title')} id="progress">
      {isShown(cell) && level !== 'state' ? (
        <div className="grid wide-narrow">
          <ChartFrame
            title={name(indicator.name)}
            say={progressSentence(language, cell, level, view.writerOf(figure))}
            origin={view.originOf(figure, pupils(language, cell.n ?? 0))}
          >
            <PartsTable
              caption={name(indicator.name)}
              indicator={indicator}
              rules={view.rules}
              rows={[
                { name: t('progress.all'), cell },
                ...figure.parts
                  .filter(({ breakdown, n }) => breakdown === 'sex' && n !== 0)
                  .map((part) => ({ name: t(`sex.${part.category as 'female'}`), cell: part })),
              ]}
            />
          </ChartFrame>
          <p className="note">{name(indicator.doesNotSay)}</p>
        </div>
      ) : (
        <p>
          {isShown(cell) ? (
            progressSentence(language, cell, level, view.writerOf(figure))
          ) : (
            <>
              {t(`progress.absent.${cell.absent ?? 'unavailable'}`)}{' '}
              <HowProtected reason={cell.absent ?? 'unavailable'} />
            </>
          )}
        </p>
      )}
    </Section>
  )
}

const BETWEEN_TESTS = 3 // years from the monitoring test of grade 3 to that of grade 6

/** The calendar year in which growth from grade 3 to grade 6 can first be seen; null where no monitoring test was held. */
export function growthFrom(trends: readonly Trend[]): number | null {
  const years = trends
    .filter(({ indicator }) => indicator === codes.meanMonitoring)
    .flatMap(({ points }) => points.map(({ schoolYear }) => schoolYear))
  return years.length > 0 ? Math.min(...years) + BETWEEN_TESTS : null
}

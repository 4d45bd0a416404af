import { ChartFrame } from '../charts/chart-frame.tsx'
import { PartsTable } from '../charts/parts-table.tsx'
import { codes } from '../indicators/codes.ts'
import { HowProtected } from '../parts/absent.tsx'
import { Section } from '../parts/page.tsx'
import { isShown, progressSentence, pupils } from '../text/sentences.ts'
import { figureOf, type UnitView } from './unit-view.ts'

/** How far pupils came between two tests, compared with others who started level; or why that is not shown. */
export function ProgressSection({ view }: { view: UnitView }) {
  const { language, data } = view
  const { t, name } = language
  const figure = data.main && figureOf(data, codes.progress, data.main.subject)
  const indicator = view.indicatorOf(codes.progress)
  if (!data.main || !indicator) return null
  if (!data.main.startsFrom || !figure) {
    return (
      <Section title={t('progress.title')} id="progress">
        <p>{t('progress.oneRound')}</p>
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

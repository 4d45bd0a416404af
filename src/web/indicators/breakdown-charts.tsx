import type { Indicator } from '#modules/indicators/model.ts'
import type { ProfileFigure } from '#modules/publications/model.ts'
import { ofTerritoriesOnly } from '#terms/breakdowns.ts'
import { ChartFrame } from '../charts/chart-frame.tsx'
import { PartsTable } from '../charts/parts-table.tsx'
import { Section } from '../parts/page.tsx'
import type { UnitView } from '../publications/unit-view.ts'
import { breakdownName, categoryName, inOrder } from './breakdown-names.ts'

/**
 * Every breakdown of a figure: its parts as dots with intervals on one scale, in the order of their names; and why a breakdown of the
 * indicator is not there.
 */
export function BreakdownCharts(props: { view: UnitView; indicator: Indicator; figure: ProfileFigure }) {
  const { view, indicator, figure } = props
  const { language } = view
  const { t } = language
  const parts = figure.parts.filter(({ n, absent }) => n !== 0 || absent !== null)
  const byBreakdown = Map.groupBy(parts, ({ breakdown }) => breakdown)
  const shown = indicator.breakdowns.filter((breakdown) => byBreakdown.has(breakdown))
  if (shown.length === 0) return null
  return (
    <Section title={t('unitIndicator.parts')} id="parts" className="stack">
      <div className="grid two">
        {shown.map((breakdown) => (
          <ChartFrame
            key={breakdown}
            title={breakdownName(language, breakdown)}
            say={t(indicator.kind === 'count' ? 'indicator.bySexCount' : 'unitIndicator.partsSay')}
            origin={{}}
          >
            <PartsTable
              caption={breakdownName(language, breakdown)}
              indicator={indicator}
              rules={view.rules}
              rows={inOrder(byBreakdown.get(breakdown)!).map((cell) => ({
                name: categoryName(language, breakdown, cell.category),
                cell,
              }))}
            />
          </ChartFrame>
        ))}
      </div>
      <WhyNot view={view} indicator={indicator} />
    </Section>
  )
}

/** A breakdown whose linkage is off, and those a single school has not. */
function WhyNot({ view, indicator }: { view: UnitView; indicator: Indicator }) {
  const { t, to, name } = view.language
  const isSchool = view.data.profile.unit.level === 'school'
  const off = isSchool ? [] : (indicator.breakdownsOff ?? [])
  const hasTerritorial = indicator.breakdowns.some((each) => ofTerritoriesOnly.includes(each))
  return (
    <>
      {off.map(({ breakdown, linkage, reason }) => (
        <p key={breakdown} className="note">
          {t('unitIndicator.breakdownOff', {
            breakdown: breakdownName(view.language, breakdown),
            linkage: name(linkage),
            reason: reason ?? t('indicator.offAsDelivered'),
          })}{' '}
          <a href={`${to('processing')}#linkages`}>{t('processing.linkages')}</a>
        </p>
      ))}
      {isSchool && hasTerritorial && <p className="note">{t('unitIndicator.territoriesOnly')}</p>}
    </>
  )
}

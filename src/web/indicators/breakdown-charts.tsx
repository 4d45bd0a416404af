import type { Indicator } from '#modules/indicators/model.ts'
import type { ProfileFigure } from '#modules/publications/model.ts'
import { ChartFrame } from '../charts/chart-frame.tsx'
import { PartsTable } from '../charts/parts-table.tsx'
import { Section } from '../parts/page.tsx'
import type { UnitView } from '../publications/unit-view.ts'
import { breakdownName, categoryName, inOrder } from './breakdown-names.ts'

/** Every breakdown of a figure: its parts as dots with intervals on one scale, in the order of their names. */
export function BreakdownCharts(props: { view: UnitView; indicator: Indicator; figure: ProfileFigure }) {
  const { view, indicator, figure } = props
  const { language } = view
  const { t } = language
  const parts = figure.parts.filter(({ n, absent }) => n !== 0 || absent !== null)
  const byBreakdown = Map.groupBy(parts, ({ breakdown }) => breakdown)
  if (byBreakdown.size === 0) return null
  return (
    <Section title={t('unitIndicator.parts')} id="parts">
      <div className="grid two">
        {[...byBreakdown].map(([breakdown, cells]) => (
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
              rows={inOrder(cells).map((cell) => ({
                name: categoryName(language, breakdown, cell.category),
                cell,
              }))}
            />
          </ChartFrame>
        ))}
      </div>
    </Section>
  )
}

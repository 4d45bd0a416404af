import { ChartFrame } from '../charts/chart-frame.tsx'
import { UnitTable } from '../charts/unit-table.tsx'
import { codes } from '../indicators/codes.ts'
import { Section } from '../parts/page.tsx'
import { inPlace, isShown } from '../text/sentences.ts'
import { csvAddress, figureOf, type UnitView, versionOf } from './unit-view.ts'

/** Units inside this one, by name: schools of a municipality, municipalities of the state. */
export function ChildrenSection({ view }: { view: UnitView }) {
  const { language, data } = view
  const { t, name } = language
  const { children, main, profile } = data
  const indicator = view.indicatorOf(main ? data.resultCode : codes.learners)
  const first = children?.items[0]
  if (!children || !first || !indicator) return null
  const figure = figureOf(data, indicator.code, main?.subject)
  const above =
    figure?.against.find(({ unit }) => unit.level === 'state')?.cell ??
    (profile.unit.level === 'state' ? figure?.cell : undefined)
  const state = main && isShown(above) ? above.value : null
  const level = first.unit.level as 'school' | 'municipality' | 'region'
  return (
    <Section
      title={t(`children.title.${level}`, {
        place: inPlace(language, profile.unit.name, profile.unit.level),
      })}
      id="children"
    >
      <ChartFrame
        title={main ? `${name(indicator.short)}: ${name(main.name)}` : name(indicator.name)}
        say={t(`children.say.${main ? 'result' : 'count'}`)}
        origin={{
          year: profile.schoolYear,
          source: name(indicator.source),
          version: versionOf(language, profile),
          csv: csvAddress({
            indicator: indicator.code,
            year: profile.schoolYear,
            subject: main?.subject,
            level,
            parent: profile.unit.level === 'state' ? null : profile.unit.id,
          }),
          definition: language.to('indicator', { code: indicator.code }),
        }}
      >
        <UnitTable
          caption={name(indicator.name)}
          indicator={indicator}
          figures={children.items}
          state={state}
          assessment={main}
          rules={view.rules}
          year={data.yearInAddress}
        />
        {children.next && <p className="note">{t('children.partial')}</p>}
      </ChartFrame>
    </Section>
  )
}

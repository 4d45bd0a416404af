import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import type { Indicator } from '#modules/indicators/model.ts'
import { EmptySystem } from '../home/empty-system.tsx'
import { Page, Section } from '../parts/page.tsx'
import { usePortal } from '../portal.ts'
import { loadUnit, type UnitData } from '../publications/load-unit.ts'
import { figureOf, type UnitView, viewOf } from '../publications/unit-view.ts'
import { useLanguage } from '../text/language.ts'
import { isShown } from '../text/sentences.ts'
import { readCatalogue } from './catalogue.ts'
import { codes } from './codes.ts'
import css from './indicators-page.module.css'

export async function loader(args: LoaderFunctionArgs) {
  const [catalogue, state] = await Promise.all([readCatalogue(args.context), loadUnit(args, 'state')])
  return { catalogue, state }
}

const areas = [
  'context',
  'purpose.achievement',
  'purpose.equity',
] as const satisfies readonly Indicator['area'][]

/** The catalogue: what is measured, of whom, and the country's figure. */
export default function IndicatorsPage() {
  const { catalogue, state } = useLoaderData<typeof loader>()
  const language = useLanguage()
  const { t } = language
  const rules = usePortal()?.config.rules ?? []
  if (catalogue.length === 0) return <EmptySystem />
  const view = state && viewOf(state, language, rules)
  return (
    <Page title={t('indicators.title')} lead={t('indicators.lead')}>
      {areas.map((area) => {
        const members = catalogue.filter((indicator) => indicator.area === area)
        return (
          members.length > 0 && (
            <Section key={area} title={t(`area.${area}`)}>
              <ul className={css.list}>
                {members.map((indicator) => (
                  <Entry key={indicator.code} indicator={indicator} state={state} view={view} />
                ))}
              </ul>
            </Section>
          )
        )
      })}
    </Page>
  )
}

function Entry(props: { indicator: Indicator; state: UnitData | null; view: UnitView | null }) {
  const { indicator, state, view } = props
  const { t, to, name } = useLanguage()
  const figure =
    state &&
    figureOf(state, indicator.code, indicator.code === codes.learners ? undefined : state.main?.subject)
  return (
    <li>
      <div>
        <h3>
          <a href={to('indicator', { code: indicator.code })}>{name(indicator.name)}</a>
        </h3>
        <p>{name(indicator.definition)}</p>
        <p className="small">{t('indicators.code', { code: indicator.code, version: indicator.version })}</p>
      </div>
      {figure && view && isShown(figure.cell) && (
        <p className={css.figure}>
          <b>{view.writerOf(figure).value(figure.cell.value)}</b>
          <span>{name(state!.profile.unit.name)}</span>
        </p>
      )}
    </li>
  )
}

import { data, type HeadersFunction, type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { type Trend, Trends } from '#modules/publications/model.ts'
import { TileMap } from '#modules/registry/model.ts'
import { Demo } from '#modules/setup/model.ts'
import { schoolYearDays } from '#terms/school-year.ts'
import { portalContext } from '../context.ts'
import { Section } from '../parts/page.tsx'
import { SearchBox } from '../parts/search-box.tsx'
import { usePortal } from '../portal.ts'
import { loadUnit, type UnitData } from '../publications/load-unit.ts'
import { viewOf } from '../publications/unit-view.ts'
import { query } from '../query.ts'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import { EmptySystem } from './empty-system.tsx'
import css from './home-page.module.css'
import { NowFigures } from './now-figures.tsx'
import { PlaceList } from './place-list.tsx'
import { PlaceMap } from './place-map.tsx'

/** The country at a glance: the page of the state holds all of it. */
export async function loader(args: LoaderFunctionArgs) {
  const { context } = args
  const country = await loadUnit(args, 'state')
  const year = country?.profile.schoolYear
  if (!year) {
    // What is offered depends on who asks from where: nobody keeps this page.
    const demo = await read(context, '/demo', Demo)
    return data(
      { country: null, trends: null, tiles: null, demo },
      { headers: { 'cache-control': 'no-store' } },
    )
  }
  const { tiles } = context.get(portalContext).config
  const on = schoolYearDays(year).from
  const [map, { trends }] = await Promise.all([
    tiles ? read(context, `/tile-map?${query({ on })}`, TileMap) : null,
    read(context, `/trends?${query({ unit: country.profile.unit.id })}`, Trends),
  ])
  return data({ country, trends, tiles: map, demo: null })
}

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders

export default function HomePage() {
  const { country, trends, tiles, demo } = useLoaderData<typeof loader>()
  return country ? <Home country={country} trends={trends} tiles={tiles} /> : <EmptySystem demo={demo} />
}

function Home(props: { country: UnitData; trends: readonly Trend[]; tiles: TileMap | null }) {
  const { country, trends, tiles } = props
  const language = useLanguage()
  const { t, to, name, year } = language
  const portal = usePortal()
  const view = viewOf(country, language, portal?.config.rules ?? [])
  const { profile, main, children } = country
  return (
    <>
      <title>{t('shell.product')}</title>
      <div className="wash">
        <div className={`wrap ${css.hero}`}>
          <h1>{t(profile.unit.name.lv === 'Latvija' ? 'home.title' : 'home.titleElsewhere')}</h1>
          <p className="lead">{t('home.lead')}</p>
          <SearchBox />
        </div>
      </div>
      <div className="wrap">
        <Section
          title={t('home.now', { name: name(profile.unit.name), year: year(profile.schoolYear!) })}
          aside={<a href={to('state')}>{t('home.all')}</a>}
        >
          <NowFigures view={view} trends={trends} />
        </Section>
        <Section>
          <ul className={css.entries}>
            {(['schools', 'indicators', 'help'] as const).map((entry) => (
              <li key={entry} className={css.card}>
                <h2>
                  <a href={to(entry)}>{t(`home.entry.${entry}.title`)}</a>
                </h2>
                <p>{t(`home.entry.${entry}.what`)}</p>
              </li>
            ))}
          </ul>
        </Section>
        {children && children.items.length > 0 && main && (
          <Section
            title={t('home.places')}
            aside={<a href={to('indicator', { code: country.resultCode })}>{t('home.asTable')}</a>}
          >
            {tiles ? (
              <PlaceMap view={view} figures={children.items} tiles={tiles} />
            ) : (
              <PlaceList view={view} figures={children.items} />
            )}
          </Section>
        )}
      </div>
    </>
  )
}

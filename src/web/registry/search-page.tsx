import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { Place } from '#modules/registry/model.ts'
import { readCatalogue } from '../indicators/catalogue.ts'
import { Page, Section } from '../parts/page.tsx'
import { SearchBox } from '../parts/search-box.tsx'
import { query } from '../query.ts'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import css from './search-page.module.css'

/** Places the API finds at most. */
const MOST = 20

const Found = z.object({ items: z.array(Place) })

export async function loader({ context, request }: LoaderFunctionArgs) {
  const q = (new URL(request.url).searchParams.get('q') ?? '').trim().slice(0, 100)
  if (q === '') return { q, places: [], indicators: [] }
  const [places, catalogue] = await Promise.all([
    read(context, `/search?${query({ q })}`, Found),
    readCatalogue(context),
  ])
  const asked = folded(q)
  const indicators = catalogue.filter((indicator) =>
    [indicator.code, indicator.name.lv, indicator.name.en, indicator.short.lv, indicator.short.en].some(
      (word) => folded(word).includes(asked),
    ),
  )
  return { q, places: places.items, indicators }
}

/** Letters without their marks, so that „izaugsme” and „Izaugsmē” meet halfway. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

export default function SearchPage() {
  const { q, places, indicators } = useLoaderData<typeof loader>()
  const { t, to, name, count } = useLanguage()
  const found = places.length + indicators.length
  return (
    <Page title={t('search.title')} windowTitle={q ? `„${q}”` : undefined} narrow>
      <SearchBox value={q} autoFocus={q === ''} />
      {q !== '' && (
        <Section>
          <p role="status" className="lead">
            {found === 0
              ? t('search.nothing', { q })
              : t('search.found', { count: found, n: count(found), q })}
          </p>
          {places.length === MOST && <p className="small">{t('search.most', { n: MOST })}</p>}
          {found === 0 && (
            <ul className="bullets">
              <li>{t('search.tryShorter')}</li>
              <li>
                <a href={to('municipalities')}>{t('search.tryMunicipality')}</a>
              </li>
              <li>
                <a href={to('schools')}>{t('search.trySchools')}</a>
              </li>
            </ul>
          )}
          <ul className={css.found}>
            {indicators.map((indicator) => (
              <li key={indicator.code}>
                <a href={to('indicator', { code: indicator.code })}>{name(indicator.name)}</a>
                <span>{t('search.kind.indicator')}</span>
              </li>
            ))}
            {places.map((place) => (
              <li key={place.id}>
                <a
                  href={
                    place.kind === 'state'
                      ? to('state')
                      : to(place.kind === 'institution' ? 'school' : place.kind, { id: place.id })
                  }
                >
                  {name(place.name)}
                </a>
                <span>
                  {t(`search.kind.${place.kind}`)}
                  {place.within && `, ${name(place.within)}`}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  )
}

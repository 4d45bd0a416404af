import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { Territory } from '#modules/registry/model.ts'
import { EmptySystem } from '../home/empty-system.tsx'
import { Page, Section } from '../parts/page.tsx'
import { SearchBox } from '../parts/search-box.tsx'
import { usePortal } from '../portal.ts'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import { NameList } from './name-list.tsx'

const Territories = z.object({ items: z.array(Territory) })

export async function loader({ context }: LoaderFunctionArgs) {
  const { items } = await read(context, '/territories', Territories)
  return {
    municipalities: items.filter(({ kind }) => kind === 'municipality'),
    regions: items.filter(({ kind }) => kind === 'region'),
  }
}

/** Municipalities by name and, where the country has them, by region. */
export default function MunicipalitiesPage() {
  const { municipalities, regions } = useLoaderData<typeof loader>()
  const { t, to, name, count } = useLanguage()
  const country = usePortal()?.config.country
  if (municipalities.length === 0) return <EmptySystem />
  return (
    <Page
      title={t('municipalities.title')}
      crumbs={country ? [{ name: name(country), to: to('state') }] : []}
      lead={t('municipalities.lead', {
        municipalities: t('count.municipality', {
          count: municipalities.length,
          n: count(municipalities.length),
        }),
      })}
    >
      <SearchBox />
      {regions.length > 0 && (
        <Section title={t('municipalities.regions')}>
          <ul className="chips">
            {regions.map((region) => (
              <li key={region.id}>
                <a href={to('region', { id: region.id })}>{name(region.name)}</a>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section>
        <NameList
          items={municipalities.map((municipality) => ({
            id: municipality.id,
            name: name(municipality.name),
            to: to('municipality', { id: municipality.id }),
            more: t('count.school', {
              count: municipality.institutions,
              n: count(municipality.institutions),
            }),
          }))}
        />
      </Section>
    </Page>
  )
}

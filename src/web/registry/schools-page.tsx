import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { Institution, Territory } from '#modules/registry/model.ts'
import { EmptySystem } from '../home/empty-system.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Pager } from '../parts/pager.tsx'
import { SearchBox } from '../parts/search-box.tsx'
import { usePortal } from '../portal.ts'
import { query } from '../query.ts'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import { NameList } from './name-list.tsx'

const Territories = z.object({ items: z.array(Territory) })
const Institutions = z.object({ items: z.array(Institution), next: z.string().nullable() })

export async function loader({ context, request }: LoaderFunctionArgs) {
  const cursor = new URL(request.url).searchParams.get('from')
  const [list, territories] = await Promise.all([
    read(context, `/institutions?${query({ cursor, limit: 120 })}`, Institutions),
    read(context, '/territories?kind=municipality', Territories),
  ])
  return { ...list, first: cursor === null, territories: territories.items }
}

/** All schools by name, a page at a time; the search is the quick way. */
export default function SchoolsPage() {
  const { items, next, first, territories } = useLoaderData<typeof loader>()
  const { t, to, name } = useLanguage()
  const country = usePortal()?.config.country
  if (items.length === 0 && first) return <EmptySystem />
  const within = new Map(territories.map((territory) => [territory.id, name(territory.name)]))
  return (
    <Page
      title={t('schools.title')}
      crumbs={country ? [{ name: name(country), to: to('state') }] : []}
      lead={t('schools.lead')}
    >
      <SearchBox />
      <Section>
        <NameList
          items={items.map((school) => ({
            id: school.id,
            name: name(school.name),
            to: to('school', { id: school.id }),
            more: within.get(school.territoryId),
          }))}
        />
        <Pager
          first={first ? null : to('schools')}
          next={next && `${to('schools')}?${query({ from: next })}`}
        />
      </Section>
    </Page>
  )
}

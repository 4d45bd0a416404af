import { Fragment } from 'react'
import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { Found } from '#modules/search/model.ts'
import { fold } from '#terms/latvian/fold.ts'
import { Page, Section } from '../parts/page.tsx'
import { SearchBox } from '../parts/search-box.tsx'
import { query } from '../query.ts'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import css from './search-page.module.css'

/** Places the API finds at most. */
const MOST = 20

const Answer = z.object({ items: z.array(Found) })

export async function loader({ context, request }: LoaderFunctionArgs) {
  const q = (new URL(request.url).searchParams.get('q') ?? '').trim().slice(0, 100)
  if (q === '') return { q, items: [] }
  const { items } = await read(context, `/search?${query({ q })}`, Answer)
  return { q, items }
}

export default function SearchPage() {
  const { q, items } = useLoaderData<typeof loader>()
  const { t, count } = useLanguage()
  const groups = grouped(items)
  return (
    <Page title={t('search.title')} windowTitle={q ? `„${q}”` : undefined} narrow>
      <SearchBox value={q} autoFocus={q === ''} />
      {q === '' ? (
        <Examples />
      ) : (
        <p role="status" className={`lead ${css.told}`}>
          {items.length === 0
            ? t('search.nothing', { q })
            : t('search.found', { count: items.length, n: count(items.length), q })}
        </p>
      )}
      {q !== '' && items.length === 0 && <WhatElse />}
      {groups.map(({ group, found }) => (
        <Section key={group} title={t(`search.group.${group}`)}>
          {group === 'place' && found.length === MOST && (
            <p className="small">{t('search.mostPlaces', { n: MOST })}</p>
          )}
          <ul className={css.found}>
            {found.map((each) => (
              <Line key={`${each.kind} ${each.id}`} found={each} />
            ))}
          </ul>
        </Section>
      ))}
    </Page>
  )
}

const groupOf = {
  state: 'place',
  region: 'place',
  municipality: 'place',
  institution: 'place',
  indicator: 'indicator',
  term: 'term',
  page: 'page',
  rule: 'rule',
  release: 'release',
} as const satisfies Record<Found['kind'], string>
type Group = (typeof groupOf)[Found['kind']]

/** By group, each in the order it was found; the group with the best of all comes first. */
function grouped(items: readonly Found[]): { group: Group; found: Found[] }[] {
  const groups = new Map<Group, Found[]>()
  for (const each of items) {
    const group = groupOf[each.kind]
    groups.set(group, [...(groups.get(group) ?? []), each])
  }
  return [...groups].map(([group, found]) => ({ group, found }))
}

function Line({ found }: { found: Found }) {
  const { t, locale } = useLanguage()
  const { kind, name, within, excerpt } = found
  const matched = new Set(found.matched)
  const isPlace = kind === 'state' || kind === 'region' || kind === 'municipality' || kind === 'institution'
  const where = [isPlace ? t(`search.kind.${kind}`) : '', within?.[locale] ?? ''].filter(Boolean).join(', ')
  return (
    <li>
      <a href={found.address[locale]}>
        <Marked text={name[locale]} matched={matched} />
      </a>
      {where !== '' && <span className={css.where}>{where}</span>}
      {excerpt?.[locale] && (
        <span>
          <Marked text={excerpt[locale]} matched={matched} />
        </span>
      )}
    </li>
  )
}

/** A text with the words that were meant marked. */
function Marked({ text, matched }: { text: string; matched: ReadonlySet<string> }) {
  const pieces = text.split(/(\p{L}[\p{L}\p{M}]*|\p{N}+)/u)
  return pieces.map((piece, at) => {
    const isMeant = at % 2 === 1 && matched.has(fold(piece))
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text stay where they are
    return isMeant ? <mark key={at}>{piece}</mark> : <Fragment key={at}>{piece}</Fragment>
  })
}

/** Before anything is asked. */
function Examples() {
  const { t, to } = useLanguage()
  const words = t('search.exampleWords').split(' · ')
  return (
    <p className={css.told}>
      {t('search.examples')}{' '}
      {words.map((each, at) => (
        <Fragment key={each}>
          {at > 0 && ', '}
          <a href={`${to('search')}?${query({ q: each })}`}>{each}</a>
        </Fragment>
      ))}
    </p>
  )
}

/** Where nothing was found. */
function WhatElse() {
  const { t, to } = useLanguage()
  return (
    <ul className={`bullets ${css.else}`}>
      <li>{t('search.tryShorter')}</li>
      {(['municipalities', 'schools', 'indicators', 'glossary'] as const).map((page) => (
        <li key={page}>
          <a href={to(page)}>{t(`search.${tryWords[page]}`)}</a>
        </li>
      ))}
    </ul>
  )
}

const tryWords = {
  municipalities: 'tryMunicipality',
  schools: 'trySchools',
  indicators: 'tryIndicators',
  glossary: 'tryGlossary',
} as const

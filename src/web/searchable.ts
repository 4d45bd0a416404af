import type { PortalTexts } from '#modules/search/index.ts'
import type { Locale, Words } from '#terms/locale.ts'
import { address, type PageKey } from './addresses.ts'
import { accessibility } from './help/accessibility.ts'
import { anchorOf } from './help/anchor.ts'
import { data } from './help/data.ts'
import { glossary } from './help/glossary.ts'
import { help } from './help/help.ts'
import { privacy } from './help/privacy.ts'
import type { Prose } from './help/prose.ts'
import en from './text/en.json' with { type: 'json' }
import lv from './text/lv.json' with { type: 'json' }

type Text = PortalTexts['texts'][number]
type Section = Prose['sections'][number]

const prose = { help, data, privacy, accessibility } satisfies Partial<Record<PageKey, Record<Locale, Prose>>>

/** What the portal itself says, for the search: its pages by section, and the terms of its glossary one by one. */
export const portalTexts: PortalTexts = {
  texts: [
    ...inBoth(glossary).flatMap(({ lv, en }) => termsOf(lv, en)),
    ...Object.entries(prose).flatMap(([page, each]) => sectionsOf(page as PageKey, each)),
    ...lists(),
  ],
  topics: Object.fromEntries(
    Object.entries(lv.topic).map(([topic, word]) => [
      topic,
      { lv: word, en: en.topic[topic as keyof typeof en.topic] },
    ]),
  ),
  address: (kind, id) => {
    if (kind === 'state') return both('state')
    if (kind === 'institution') return both('school', { id })
    if (kind === 'indicator') return both('indicator', { code: id })
    if (kind === 'release') return both('release', { number: id })
    return kind === 'rule' ? both('rules') : both(kind, { id })
  },
}

function both(page: PageKey, params = {}): Words {
  return { lv: address('lv', page, params), en: address('en', page, params) }
}

/** Sections of a page of plain text, Latvian beside English: both have the same ones in the same order. */
function inBoth(page: Record<Locale, Prose>): { lv: Section; en: Section }[] {
  return page.lv.sections.map((section, at) => ({ lv: section, en: page.en.sections[at]! }))
}

function sectionsOf(page: PageKey, texts: Record<Locale, Prose>): Text[] {
  const at = both(page)
  return inBoth(texts).map(({ lv, en }) => ({
    kind: 'page',
    id: `${page}#${en.id}`,
    name: { lv: lv.title, en: en.title },
    within: { lv: texts.lv.title, en: texts.en.title },
    address: { lv: `${at.lv}#${lv.id}`, en: `${at.en}#${en.id}` },
    says: { lv: spoken(lv), en: spoken(en) },
  }))
}

function termsOf(lv: Section, en: Section): Text[] {
  const at = both('glossary')
  const inEnglish = terms(en)
  return terms(lv).map(([term, meaning], nth) => {
    const [word, means] = inEnglish[nth]!
    return {
      kind: 'term',
      id: anchorOf(word),
      name: { lv: term, en: word },
      within: { lv: glossary.lv.title, en: glossary.en.title },
      address: { lv: `${at.lv}#${anchorOf(term)}`, en: `${at.en}#${anchorOf(word)}` },
      says: { lv: meaning, en: means },
    }
  })
}

function terms(section: Section): (readonly [string, string])[] {
  return section.body.flatMap((piece) => (typeof piece === 'object' && 'terms' in piece ? piece.terms : []))
}

/** Sentences and lists of a section; not what is to be typed, and not where links lead. */
function spoken(section: Section): string {
  return section.body
    .flatMap((piece) => {
      if (typeof piece === 'string') return [piece]
      if ('terms' in piece) return piece.terms.map(([term, meaning]) => `${term}: ${meaning}`)
      return 'code' in piece || 'links' in piece ? [] : piece
    })
    .join(' ')
}

/** Pages that are lists: found by what they are called. */
function lists(): Text[] {
  const list = (page: PageKey, name: Words, says: Words): Text => ({
    kind: 'page',
    id: page,
    name,
    within: null,
    address: both(page),
    says,
  })
  const words = (of: 'indicators' | 'schools' | 'rules' | 'releases' | 'classifiers'): [Words, Words] => {
    const { title: titleLv, lead: leadLv = '' } = lv[of] as { title: string; lead?: string }
    const { title: titleEn, lead: leadEn = '' } = en[of] as { title: string; lead?: string }
    return [
      { lv: titleLv, en: titleEn },
      { lv: leadLv, en: leadEn },
    ]
  }
  return [
    list('indicators', ...words('indicators')),
    list('municipalities', { lv: lv.municipalities.title, en: en.municipalities.title }, { lv: '', en: '' }),
    list('schools', ...words('schools')),
    list('rules', ...words('rules')),
    list('releases', ...words('releases')),
    list('classifiers', ...words('classifiers')),
    list(
      'glossary',
      { lv: glossary.lv.title, en: glossary.en.title },
      { lv: glossary.lv.lead, en: glossary.en.lead },
    ),
    list('help', { lv: help.lv.title, en: help.en.title }, { lv: help.lv.lead, en: help.en.lead }),
    list('data', { lv: data.lv.title, en: data.en.title }, { lv: data.lv.lead, en: data.en.lead }),
  ]
}

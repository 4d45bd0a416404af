import type { Tx } from '#db/actor.ts'
import { rulesOn } from '#modules/disclosure/index.ts'
import type { Indicator } from '#modules/indicators/index.ts'
import { listReleases } from '#modules/publications/index.ts'
import { searchablePlaces } from '#modules/registry/index.ts'
import type { Day } from '#terms/day.ts'
import type { Words } from '#terms/locale.ts'
import type { Findable, FoundKind } from './model.ts'

/** What the portal adds: its own pages and terms, the names of topics, and where things have their page. */
export interface PortalTexts {
  texts: readonly Omit<Findable, 'alsoCalled'>[]
  topics: Readonly<Record<string, Words>>
  address: (kind: Exclude<FoundKind, 'term' | 'page'>, id: string) => Words
}

/** Everything a visitor may look for, as the public may read it. */
export async function everything(
  tx: Tx,
  { portal, indicators, day }: { portal: PortalTexts; indicators: readonly Indicator[]; day: Day },
): Promise<Findable[]> {
  const { texts, topics, address } = portal
  const places = await searchablePlaces(tx)
  const releases = await listReleases(tx, 'public')
  const rules = await rulesOn(tx, 'public', day)
  const nothing: Words = { lv: '', en: '' }
  return [
    ...places.map(({ kind, id, code, name, within }) => ({
      kind,
      id,
      name: { lv: name.lv, en: name.en },
      within: within && { lv: within.lv, en: within.en },
      address: address(kind, id),
      alsoCalled: [code, name.genitive ?? '', name.locative ?? ''],
      says: nothing,
    })),
    ...indicators.map(({ code, name, short, definition, doesNotSay }) => ({
      kind: 'indicator' as const,
      id: code,
      name,
      within: null,
      address: address('indicator', code),
      alsoCalled: [code, short.lv, short.en],
      says: joined([definition, doesNotSay]),
    })),
    ...texts.map((text) => ({ ...text, alsoCalled: [] })),
    ...rules.map(({ topic, reason }) => ({
      kind: 'rule' as const,
      id: topic,
      name: topics[topic] ?? { lv: topic, en: topic },
      within: { lv: 'Noteikumi', en: 'Rules' },
      address: address('rule', topic),
      alsoCalled: [],
      says: reason,
    })),
    ...releases.map(({ number, madeAt }) => ({
      kind: 'release' as const,
      id: number,
      name: { lv: `Datu laidiens ${number}`, en: `Release ${number}` },
      within: null,
      address: address('release', number),
      alsoCalled: [madeAt.slice(0, 10)],
      says: nothing,
    })),
  ]
}

function joined(words: readonly Words[]): Words {
  return { lv: words.map(({ lv }) => lv).join(' '), en: words.map(({ en }) => en).join(' ') }
}

import type { RouterContextProvider } from 'react-router'
import type { z } from 'zod'
import { Bench, Framework } from '#modules/assessments/model.ts'
import { read } from '../read.ts'
import type { Language } from '../text/language.ts'

const Answer = Bench.extend({ framework: Framework })
/** What the reader may do in the item bank, and what the framework calls things. */
export type ItemBench = z.infer<typeof Answer>

/** @throws a route error (404) for who has no duty in the item bank */
export function readBench(context: Readonly<RouterContextProvider>): Promise<ItemBench> {
  return read(context, '/item-bench', Answer)
}

/** Names of the places of an item in the framework; where the framework has none, its own name. */
export function placeNames(
  { framework }: Pick<ItemBench, 'framework'>,
  place: { domain: string; strand: string; process: string; outcome: string | null },
) {
  const plain = (id: string) => ({ lv: id, en: id })
  const domain = framework.domains.find(({ id }) => id === place.domain)
  return {
    domain: domain?.name ?? plain(place.domain),
    strand: domain?.strands.find(({ id }) => id === place.strand)?.name ?? plain(place.strand),
    process: framework.processes.find(({ id }) => id === place.process)?.name ?? plain(place.process),
    outcome:
      place.outcome === null
        ? null
        : (domain?.outcomes.find(({ id }) => id === place.outcome)?.name ?? plain(place.outcome)),
  }
}

/** „3. klase”, „pirmsskola”. */
export function gradeName(t: Language['t'], grade: number): string {
  return grade === 0 ? t('items.preschool') : t('items.gradeName', { grade })
}

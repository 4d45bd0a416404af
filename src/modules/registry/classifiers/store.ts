import type { Tx } from '#db/actor.ts'
import type { Day } from '#terms/day.ts'
import type { Classifier, ClassifierEntry } from '../model.ts'
import { knownClassifiers } from './known.ts'

/**
 * Classifiers with what their codes mean: those the system knows in their order, then others a steward brought, by name.
 *
 * @param name  only this one
 * @param day   only codes that hold on it; without, all there ever were
 */
export async function listClassifiers(
  tx: Tx,
  { name, day }: { name?: string | undefined; day?: Day | undefined } = {},
): Promise<Classifier[]> {
  const { rows } = await tx.query<ClassifierEntry & { classifier: string }>(
    `select e.classifier, e.code, jsonb_build_object('lv', e.label_lv, 'en', e.label_en) as label,
            e.parent_code as "parentCode",
            to_char(nullif(lower(e.valid), '-infinity'), 'YYYY-MM-DD') as "from",
            to_char(nullif(upper(e.valid), 'infinity') - 1, 'YYYY-MM-DD') as until
       from registry.classifier_entry e
      where e.superseded_by is null and e.classifier = coalesce($1, e.classifier)
        and ($2::date is null or e.valid @> $2::date)
      order by e.classifier, e.line, e.code`,
    [name ?? null, day ?? null],
  )
  const byName = Map.groupBy(rows, ({ classifier }) => classifier)
  const known = knownClassifiers.filter((each) => byName.has(each.name))
  const others = [...byName.keys()].filter((each) => !known.some((one) => one.name === each))
  return [...known, ...others.map((each) => ({ name: each, title: null, usedIn: [] }))].map((each) => ({
    ...each,
    usedIn: [...each.usedIn],
    entries: byName.get(each.name)!.map(({ classifier: _, ...entry }) => entry),
  }))
}

import type { Tx } from '#db/actor.ts'
import { Item } from './model.ts'
import { putFramework } from './operator-store.ts'
import { shippedForms } from './shipped/forms.ts'
import { framework2026 } from './shipped/framework-2026.ts'
import { writeItem } from './store.ts'

/**
 * Puts the framework and the items that come with the product into the bank, as drafts. Items whose code is there already stay
 * as they are.
 *
 * @returns  how many items were added
 */
export async function shipItems(tx: Tx): Promise<number> {
  await putFramework(tx, framework2026)
  const { rows } = await tx.query<{ code: string }>('select code from assessments.item')
  const there = new Set(rows.map(({ code }) => code))
  const added = shippedForms.flatMap(({ items }) => items).filter(({ item }) => !there.has(item.code))
  for (const { item, files } of added) await writeItem(tx, Item.parse(item), files, 'IKMS')
  return added.length
}

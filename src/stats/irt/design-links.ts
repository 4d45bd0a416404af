import type { Warning } from './calibration.ts'
import type { Checked } from './check-calibration.ts'

/**
 * Groups with means of their own can be compared only through items they share. Checks that every group is linked to
 * the reference group or to fixed items, and warns where items of one group are never answered by the same person.
 *
 * @param rowOf  person → row of answers, −1 where there is none
 * @throws       RangeError where a group has fewer than two people with answers, or is not linked
 */
export function checkLinks(responses: Int8Array, columns: number, checked: Checked, rowOf: Int32Array): void {
  const { groups, groupCount, persons, used, weights } = checked
  const people = new Int32Array(groupCount)
  for (let i = 0; i < persons; i++) if (rowOf[i]! >= 0 && weights?.[i] !== 0) people[groups[i]!]!++
  // Sets of groups (0 … groupCount − 1) and items; fixed items share a scale, so they are in one set.
  const overGroups = new Sets(groupCount + used.length)
  const overPeople = new Sets(used.length)
  const fixed = used.findIndex(({ item }) => item.fixed !== undefined)
  used.forEach(({ item }, j) => {
    if (item.fixed !== undefined) overGroups.join(groupCount + j, groupCount + fixed)
  })
  for (let i = 0; i < persons && (overPeople.count > 1 || overGroups.count > 1); i++) {
    if (weights?.[i] === 0) continue
    let first = -1
    for (let j = 0; j < used.length; j++) {
      const x = responses[i * columns + used[j]!.column]!
      if (x < 0 || used[j]!.position[x]! < 0) continue
      overGroups.join(groups[i]!, groupCount + j)
      if (first >= 0) overPeople.join(first, j)
      first = j
    }
  }
  for (let g = 0; g < groupCount; g++) {
    if (people[g]! < 2)
      throw new RangeError(`calibrate requires two or more people with answers in group ${g}`)
    const linked = overGroups.same(g, 0) || (fixed >= 0 && overGroups.same(g, groupCount + fixed))
    if (!linked) throw new RangeError(`calibrate requires items that link group ${g} to the reference group`)
  }
  if (overPeople.count > 1) checked.warnings.push(islands(overPeople.count))
}

function islands(count: number): Warning {
  const message = `the items fall into ${count} sets that nobody answered together: they are comparable only as far as the people are`
  return { code: 'items-not-linked', message }
}

/** Disjoint sets with path halving. */
class Sets {
  readonly parent: Int32Array
  count: number
  constructor(size: number) {
    this.parent = Int32Array.from({ length: size }, (_, k) => k)
    this.count = size
  }
  find(k: number): number {
    let at = k
    while (this.parent[at] !== at) {
      this.parent[at] = this.parent[this.parent[at]!]!
      at = this.parent[at]!
    }
    return at
  }
  join(a: number, b: number): void {
    const from = this.find(a)
    const to = this.find(b)
    if (from === to) return
    this.parent[from] = to
    this.count--
  }
  same(a: number, b: number): boolean {
    return this.find(a) === this.find(b)
  }
}

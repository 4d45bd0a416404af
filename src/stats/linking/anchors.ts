import { familyOf, hasUnitSlope, type KnownItem } from '../irt/item.ts'

/** An item both forms have: its place in each. */
export interface Anchor {
  readonly id: string
  readonly from: number
  readonly to: number
}

/**
 * The items two forms have in common, in the order of the first.
 *
 * @param ids  only these; default all common items
 * @throws     RangeError if an id stands twice in a form, a wished anchor is not in both, an anchor has other scores or
 *             another kind of model in one form, or its slope is not above 0
 */
export function commonItems(
  from: readonly KnownItem[],
  to: readonly KnownItem[],
  ids?: readonly string[],
): Anchor[] {
  const places = new Map(to.map(({ id }, place) => [id, place]))
  if (places.size !== to.length || new Set(from.map(({ id }) => id)).size !== from.length) {
    throw new RangeError('linking requires each item at most once in a form')
  }
  const wanted = ids && new Set(ids)
  const anchors = from.flatMap(({ id }, place) => {
    const other = places.get(id)
    return other === undefined || (wanted && !wanted.has(id)) ? [] : [{ id, from: place, to: other }]
  })
  if (wanted && anchors.length !== wanted.size)
    throw new RangeError('linking requires anchors that both forms contain')
  for (const anchor of anchors) {
    const [one, other] = [from[anchor.from]!, to[anchor.to]!]
    const alike =
      familyOf(one.model) === familyOf(other.model) &&
      one.scores.length === other.scores.length &&
      one.scores.every((score, i) => score === other.scores[i])
    if (!alike) throw new RangeError(`anchor ${anchor.id} requires the same model and scores in both forms`)
    if (!(one.slope > 0 && other.slope > 0))
      throw new RangeError(`anchor ${anchor.id} requires slopes above 0`)
  }
  return anchors
}

/** Whether the model gives all anchors slope 1 in both forms: then their unit is the same and no stretch is sought. */
export function sameUnit(
  anchors: readonly Anchor[],
  from: readonly KnownItem[],
  to: readonly KnownItem[],
): boolean {
  return anchors.every(
    (anchor) => hasUnitSlope(from[anchor.from]!.model) && hasUnitSlope(to[anchor.to]!.model),
  )
}

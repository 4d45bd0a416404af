import {
  type Calibration,
  type CalibrationInput,
  calibrate,
  type Item,
  type KnownItem,
} from '../irt/index.ts'

/** What one group of persons answered on its form. */
export interface FormAnswers {
  readonly items: readonly Item[]
  /** persons × items, row by row: score, or −1 where there is no answer */
  readonly responses: Int8Array
  /** one per person, used as they are; default 1 */
  readonly weights?: ArrayLike<number>
}

/** Settings handed on to `calibrate`. */
export type CalibrationSettings = Pick<CalibrationInput, 'quadrature' | 'standardErrors' | 'maxPasses'>

/**
 * Concurrent calibration: all forms at once, items of the same id being one item. Every form has its own group with its
 * own mean and variance; the first defines the scale (see `calibrate` for what of it is fixed).
 *
 * @returns items in the order in which they first appear; groups in the order of the forms
 * @throws  RangeError if there is no form, an id stands twice in a form or for different items, responses do not fill
 *          rows, some but not all forms have weights, or forms are not connected by common items
 * @see     Kim & Cohen (1998), https://doi.org/10.1177/01466216980222003
 */
export function calibrateTogether(
  forms: readonly FormAnswers[],
  settings: CalibrationSettings = {},
): Calibration {
  const items: Item[] = []
  const columns = new Map<string, number>()
  for (const form of forms) {
    if (new Set(form.items.map(({ id }) => id)).size !== form.items.length) {
      throw new RangeError('calibrateTogether requires each item at most once in a form')
    }
    for (const item of form.items) {
      const known = columns.get(item.id)
      if (known === undefined) {
        columns.set(item.id, items.length)
        items.push(item)
      } else if (items[known]!.model !== item.model || items[known]!.categories !== item.categories) {
        throw new RangeError(`item ${item.id} requires the same model and categories in all forms`)
      }
    }
  }
  const sizes = forms.map(personsOf)
  const persons = sizes.reduce((a, b) => a + b, 0)
  if (persons === 0) throw new RangeError('calibrateTogether requires one or more forms with answers')
  const responses = new Int8Array(persons * items.length).fill(-1)
  const groups = new Int32Array(persons)
  let row = 0
  forms.forEach((form, group) => {
    const places = form.items.map(({ id }) => columns.get(id)!)
    for (let person = 0; person < sizes[group]!; person++, row++) {
      groups[row] = group
      places.forEach((place, i) => {
        responses[row * items.length + place] = form.responses[person * places.length + i]!
      })
    }
  })
  return calibrate({ ...settings, responses, items, groups, weights: weightsOf(forms, sizes) })
}

/**
 * Fixed-anchor calibration: items known on a scale keep their parameters, new items and the mean and variance of the
 * new population are estimated, so that the result stands on the scale of the known items. Errors of the known items
 * themselves are not in its standard errors.
 *
 * @param known  items on the scale; those the form does not contain are passed over
 * @throws       RangeError if the form contains none of them, or one with another model or score outside its categories
 * @see          Kim (2006), https://doi.org/10.1111/j.1745-3984.2006.00021.x
 */
export function calibrateOnto(
  known: readonly KnownItem[],
  form: FormAnswers,
  settings: CalibrationSettings = {},
): Calibration {
  const parameters = new Map(known.map((item) => [item.id, item]))
  let anchors = 0
  const items = form.items.map((item): Item => {
    const anchor = parameters.get(item.id)
    if (!anchor) return item
    if (anchor.model !== item.model || anchor.scores.at(-1)! >= item.categories) {
      throw new RangeError(`item ${item.id} requires the model and categories it is known with`)
    }
    anchors += 1
    const { scores, slope, intercepts, guessing } = anchor
    return { ...item, fixed: { scores, slope, intercepts, guessing } }
  })
  if (anchors === 0) throw new RangeError('calibrateOnto requires a form with one or more known items')
  return calibrate({
    ...settings,
    items,
    responses: form.responses,
    weights: form.weights,
    reference: { mean: 'free', variance: 'free' },
  })
}

function personsOf({ items, responses }: FormAnswers): number {
  const persons = responses.length / items.length
  if (!Number.isInteger(persons)) throw new RangeError('calibration requires responses of persons × items')
  return persons
}

function weightsOf(forms: readonly FormAnswers[], sizes: readonly number[]): Float64Array | undefined {
  const given = forms.filter(({ weights }) => weights !== undefined)
  if (given.length === 0) return undefined
  if (given.length < forms.length || forms.some(({ weights }, i) => weights!.length !== sizes[i])) {
    throw new RangeError('calibrateTogether requires weights for every person of every form, or none')
  }
  return Float64Array.from(forms.flatMap(({ weights }) => Array.from(weights!)))
}

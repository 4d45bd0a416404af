import fc from 'fast-check'
import { expect, test } from 'vitest'
import { publicBounds, tablesBuilder } from '#stats/disclosure/index.ts'
import { highsSolver } from './highs-solver.ts'
import { answerable, type Selection, type Verdict, type View, type ViewAtom } from './views.ts'

const solver = await highsSolver(40_000)
const guard = (view: View, minimum: number, earlier: readonly string[] = []) =>
  answerable(view, { minimum, solver, earlier })
const refusedIn = (verdicts: readonly Verdict[]) =>
  Object.fromEntries(verdicts.flatMap(({ key, refused }) => (refused ? [[key, refused]] : [])))

/** A view of people by two or more filters, from the numbers of every combination, the last filter fastest. */
function viewOf(filters: Record<string, string[]>, people: readonly number[]): View {
  const cells = Object.entries(filters).reduce<Record<string, string>[]>(
    (found, [filter, categories]) =>
      found.flatMap((before) => categories.map((category) => ({ ...before, [filter]: category }))),
    [{}],
  )
  return { filters, atoms: cells.map((categories, at) => ({ categories, people: people[at] ?? 0 })) }
}
const sexes = { sex: ['female', 'male'] }
const twoByTwo = { ...sexes, grade: ['7', '8'] }

test('a filter is not answered where its complement is small: the whole minus it would tell of the few', () => {
  expect(refusedIn(guard(viewOf(sexes, [40, 3]), 5))).toEqual({
    'sex=male': 'too_few',
    'sex=female': 'would_reveal',
  })
  expect(refusedIn(guard(viewOf(sexes, [40, 5]), 5))).toEqual({})
})
test('one small group among four: single filters are answered, but no crossing of two, for any would tell all four', () => {
  const verdicts = guard(viewOf(twoByTwo, [20, 2, 30, 30]), 5)
  expect(refusedIn(verdicts)).toEqual({
    'grade=8&sex=female': 'too_few',
    'grade=7&sex=female': 'would_reveal',
    'grade=7&sex=male': 'would_reveal',
    'grade=8&sex=male': 'would_reveal',
  })
  const told = verdicts.filter(({ refused }) => refused === null).map(({ key }) => key)
  expect(told).toEqual(['', 'sex=male', 'grade=7', 'grade=8', 'sex=female'])
})
test('three answers together can tell what no two do: two parts and the whole leave a small third', () => {
  const view = viewOf({ grade: ['7', '8', '9'] }, [20, 20, 3])
  expect(refusedIn(guard(view, 5))).toEqual({ 'grade=9': 'too_few', 'grade=8': 'would_reveal' })
})
test('the minimum itself is enough and one fewer is not, for the answer and for its complement', () => {
  for (const [girls, boys, answered] of [
    [10, 10, true],
    [9, 10, false],
    [10, 9, false],
  ] as const) {
    const found = guard(viewOf(sexes, [girls, boys]), 10)
    expect(found.filter(({ selection }) => selection.sex).every(({ refused }) => refused === null)).toBe(
      answered,
    )
  }
})
test('what was answered before goes first, and what it makes revealing is refused', () => {
  const view = viewOf({ ...sexes, language: ['lv', 'other'] }, [12, 3, 12, 12])
  const anew = refusedIn(guard(view, 5))
  expect(anew['language=lv&sex=male']).toBe('would_reveal')
  const later = refusedIn(guard(view, 5, ['language=lv&sex=male']))
  expect(later['language=lv&sex=male']).toBeUndefined()
  expect(Object.values(later)).toContain('would_reveal')
})
test('nobody is not answered, and people without a category are a complement like any other', () => {
  const view: View = {
    filters: sexes,
    atoms: [
      { people: 20, categories: { sex: 'female' } },
      { people: 20, categories: { sex: null } },
    ],
  }
  expect(refusedIn(guard(view, 5))).toEqual({ 'sex=male': 'nobody' })
  const two = { ...view, atoms: [view.atoms[0]!, { people: 2, categories: { sex: null } }] }
  expect(refusedIn(guard(two, 5))).toEqual({ 'sex=male': 'nobody', 'sex=female': 'would_reveal' })
})
test('the order of atoms changes nothing', () => {
  const view = viewOf(twoByTwo, [7, 12, 3, 30])
  expect(guard({ ...view, atoms: view.atoms.toReversed() }, 5)).toEqual(guard(view, 5))
})
test('a view too large to be looked at is refused; an answer too hard to be proved is not given', () => {
  const many = Array.from({ length: 80 }, (_, at) => `${at}`)
  expect(() => guard({ filters: { a: many, b: many }, atoms: [] }, 5)).toThrow('at most 5000 combinations')
  const view = viewOf(twoByTwo, [6, 6, 6, 6])
  const refused = refusedIn(answerable(view, { minimum: 7, solver, effort: 0 }))
  expect(Object.values(refused)).toContain('unproved')
  expect(refusedIn(guard(view, 7))).toMatchObject({ 'grade=7&sex=male': 'too_few' })
  expect(Object.values(refusedIn(guard(view, 7)))).not.toContain('unproved')
})
test('malformed views, minimums and earlier answers are refused', () => {
  const wrong = (people: number, sex: string): View => ({
    filters: sexes,
    atoms: [{ people, categories: { sex } }],
  })
  expect(() => guard(wrong(-1, 'female'), 5)).toThrow(RangeError)
  expect(() => guard(wrong(1, 'other'), 5)).toThrow(RangeError)
  expect(() => guard(wrong(10, 'female'), 1)).toThrow(RangeError)
  expect(() => guard(wrong(10, 'female'), 5, ['age=7'])).toThrow('earlier answers')
  expect(() => guard({ filters: { sex: ['female', 'female'] }, atoms: [] }, 5)).toThrow(RangeError)
})

const smallViews = fc
  .tuple(
    fc.integer({ min: 2, max: 3 }),
    fc.integer({ min: 2, max: 3 }),
    fc.array(fc.nat(9), { minLength: 9, maxLength: 9 }),
  )
  .map(([a, b, people]) => viewOf({ a: ['1', '2', '3'].slice(0, a), b: ['1', '2', '3'].slice(0, b) }, people))
const minimums = fc.integer({ min: 2, max: 6 })

const membersOf = (atoms: readonly ViewAtom[], selection: Selection) =>
  [...atoms.keys()].filter((at) =>
    Object.entries(selection).every(([filter, category]) => atoms[at]!.categories[filter] === category),
  )

test('by trying every sum of answers with weights −2 … 2: what is answered tells of no few, and what is refused would', () => {
  const views = fc
    .tuple(fc.array(fc.nat(9), { minLength: 4, maxLength: 4 }), fc.boolean())
    .map(([people, wide]) => viewOf(wide ? { a: ['1', '2', '3', '4'] } : twoByTwo, people))
  fc.assert(
    fc.property(views, minimums, (view, minimum) => {
      const atoms = view.atoms.filter(({ people }) => people > 0)
      const tellsOfFew = (sets: readonly (readonly number[])[]): boolean => {
        const search = (at: number, sum: readonly number[]): boolean => {
          if (at === sets.length) {
            const about = atoms.reduce((n, { people }, atom) => n + (sum[atom] === 0 ? 0 : people), 0)
            return about > 0 && about < minimum
          }
          return [0, 1, -1, 2, -2].some((weight) =>
            search(
              at + 1,
              sum.map((x, atom) => x + (sets[at]!.includes(atom) ? weight : 0)),
            ),
          )
        }
        return search(
          0,
          atoms.map(() => 0),
        )
      }
      const answered: number[][] = []
      for (const { selection, refused } of guard(view, minimum)) {
        const members = membersOf(atoms, selection)
        if (refused === null) answered.push(members)
        if (refused === 'would_reveal') expect(tellsOfFew([...answered, members])).toBe(true)
      }
      expect(tellsOfFew(answered)).toBe(false)
    }),
    { numRuns: 60 },
  )
})
test('no two answers isolate a few: every answer and every complement within another has the minimum', () => {
  fc.assert(
    fc.property(smallViews, minimums, (view, minimum) => {
      const answered = guard(view, minimum).filter(({ refused }) => refused === null)
      const sets = answered.map(({ selection }) => new Set(membersOf(view.atoms, selection)))
      const people = (set: ReadonlySet<number>) =>
        [...set].reduce((sum, at) => sum + view.atoms[at]!.people, 0)
      for (const set of sets) {
        expect(people(set)).toBeGreaterThanOrEqual(minimum)
        for (const other of sets) {
          if (!set.isSubsetOf(other)) continue
          const rest = people(other.difference(set))
          expect(rest === 0 || rest >= minimum).toBe(true)
        }
      }
    }),
  )
})
test('linear programmes with every answer find no small group exactly, alone or as the sum of several', () => {
  fc.assert(
    fc.property(smallViews, minimums, (view, minimum) => {
      const atoms = view.atoms.filter(({ people }) => people > 0)
      const answered = guard(view, minimum).filter(({ refused }) => refused === null)
      const builder = tablesBuilder()
      const cells = atoms.map(({ people }, at) => builder.cell(`atom ${at}`, people))
      const hide = (key: string, of: readonly number[]) => {
        const cell = builder.cell(
          key,
          of.reduce((sum, at) => sum + atoms[at]!.people, 0),
        )
        builder.total(
          cell,
          of.map((at) => cells[at]!),
        )
        return cell
      }
      for (const { key, selection } of answered) {
        const of = membersOf(atoms, selection)
        const n = of.reduce((sum, at) => sum + atoms[at]!.people, 0)
        builder.fact(
          of.map((at) => cells[at]!),
          of.map(() => 1),
          n,
          n,
        )
        expect(key).toBeTypeOf('string')
      }
      const few = (of: readonly number[]) => of.reduce((sum, at) => sum + atoms[at]!.people, 0) < minimum
      const alone = [...atoms.keys()].filter((at) => few([at]))
      const pairs = alone.flatMap((a) => alone.filter((b) => b > a && few([a, b])).map((b) => [a, b]))
      const wanted = [...alone.map((at) => cells[at]!), ...pairs.map((pair) => hide(`pair ${pair}`, pair))]
      const tables = builder.build()
      const { low, high } = publicBounds(tables, new Uint8Array(tables.keys.length).fill(1), solver)
      for (const cell of wanted) {
        const at = tables.order[cell]!
        expect(high[at]!).toBeGreaterThan(low[at]!)
      }
    }),
    { numRuns: 60 },
  )
})
test('a view of a survey in a large school is decided in a moment', () => {
  const filters = {
    sex: ['female', 'male'],
    grade: ['5', '6', '7', '8', '9'],
    language: ['lv', 'other'],
    support: ['yes', 'no'],
  }
  const people = Array.from({ length: 40 }, (_, at) => (at * 7) % 23)
  const verdicts = guard(viewOf(filters, people), 10)
  expect(verdicts.length).toBe(3 * 6 * 3 * 3)
  expect(verdicts.filter(({ refused }) => refused === null).length).toBeGreaterThan(15)
})

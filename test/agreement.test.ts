import { beforeAll, expect } from 'vitest'
import type { Profile, UnitFigure } from '#modules/publications/model.ts'
import type { Cell } from '#terms/cell.ts'
import { agreement, reference, referenceFolder, referenceJson } from './setup/reference.ts'
import { newWorld, type Signed } from './world.ts'

/** 31,022 real pupils of 2,410 schools in 131 municipalities, through the whole line from file to API. */
interface Expected {
  state: { n: number; mean: number; sd: number; quantiles_type7: Record<string, number> }
  bySex: Record<'M' | 'F', { n: number; mean: number; sd: number }>
  genderDifference_M_minus_F: { estimate: number; se: number; ci95: [number, number] }
  byLea: { lea: string; n: number; mean: number; sd: number | null }[]
  bySchool: { school: string; n: number; mean: number }[]
}

const chemistry = 'alevel-chemistry'
const year = 1997
let world: Awaited<ReturnType<typeof newWorld>>
let analyst: Signed
let expected: Expected
let state: Profile

beforeAll(async () => {
  if (!referenceFolder) return
  world = await newWorld({
    data: { file: reference('chem97/results.csv'), mapping: 'samples/chem97.mapping.json' },
  })
  expected = referenceJson<Expected>('chem97/reference.json')
  analyst = await world.signIn('analyst')
  const { countryId } = await world.read<{ countryId: string }>('/config')
  state = await world.read<Profile>(`/profiles/${countryId}?year=${year}`, analyst)
}, 240_000)

const figure = (profile: Profile, indicator: string) =>
  profile.figures.find((each) => each.indicator === indicator && [chemistry, '-'].includes(each.subject))!

/** All units of a level with one indicator, page by page, as the analyst. */
async function all(level: string, indicator = 'ACH-05', person: Signed | null = analyst) {
  const found: UnitFigure[] = []
  let cursor = ''
  do {
    const page = await world.read<{ items: UnitFigure[]; next: string | null }>(
      `/cells?indicator=${indicator}&year=${year}&level=${level}&subject=${chemistry}&limit=1000${cursor}`,
      person ?? undefined,
    )
    found.push(...page.items)
    cursor = page.next ? `&cursor=${page.next}` : ''
  } while (cursor)
  return found
}

agreement('agrees with R 4.2.2: n, mean, standard deviation and type-7 quantiles of the state', () => {
  const { cell } = figure(state, 'ACH-05')
  expect(cell.n).toBe(expected.state.n)
  expect(cell.value).toBeCloseTo(expected.state.mean, 9)
  expect(cell.sd).toBeCloseTo(expected.state.sd, 9)
  const { p10, p25, p50, p75, p90 } = cell.spread!.quantiles
  const q = expected.state.quantiles_type7
  expect([p10, p25, p50, p75, p90]).toEqual([q['10%'], q['25%'], q['50%'], q['75%'], q['90%']])
  expect(figure(state, 'CTX-01').cell.value).toBe(31_022)
})

agreement('agrees with R 4.2.2: n, mean and standard deviation by sex, and the Welch difference', () => {
  const { parts } = figure(state, 'ACH-05')
  const of = (category: string) => parts.find((cell) => cell.category === category)!
  for (const [category, sex] of [
    ['female', 'F'],
    ['male', 'M'],
  ] as const) {
    expect(of(category).n).toBe(expected.bySex[sex].n)
    expect(of(category).value).toBeCloseTo(expected.bySex[sex].mean, 9)
    expect(of(category).sd).toBeCloseTo(expected.bySex[sex].sd, 9)
  }
  // Ours is girls minus boys, theirs boys minus girls.
  const gap = figure(state, 'EQU-01').cell
  const theirs = expected.genderDifference_M_minus_F
  expect(gap.value).toBeCloseTo(-theirs.estimate, 9)
  expect(gap.se).toBeCloseTo(theirs.se, 9)
  expect(gap.low).toBeCloseTo(-theirs.ci95[1], 9)
  expect(gap.high).toBeCloseTo(-theirs.ci95[0], 9)
})

agreement('agrees with R 4.2.2: n, mean and standard deviation of all 131 municipalities', async () => {
  const cells = new Map((await all('municipality')).map(({ unit, cell }) => [unit.code, cell]))
  expect(cells.size).toBe(131)
  for (const { lea, n, mean, sd } of expected.byLea) {
    const cell = cells.get(lea)!
    expect(cell.n).toBe(n)
    expect(cell.value).toBeCloseTo(mean, 9)
    if (sd !== null) expect(cell.sd).toBeCloseTo(sd, 9)
  }
})

agreement('agrees with R 4.2.2: n and mean of all 2,410 schools', async () => {
  const cells = new Map((await all('school')).map(({ unit, cell }) => [unit.code, cell]))
  expect(cells.size).toBe(2410)
  for (const { school, n, mean } of expected.bySchool) {
    expect(cells.get(school)!.n).toBe(n)
    expect(cells.get(school)!.value).toBeCloseTo(mean, 9)
  }
})

agreement(
  'agrees with the rule of ten: 1,319 of the 2,410 schools are too few for the public, none of them shown',
  async () => {
    const cells: Cell[] = (await all('school', 'ACH-05', null)).map(({ cell }) => cell)
    expect(cells.length).toBe(2410)
    expect(cells.filter((cell) => cell.absent === 'too_few').length).toBe(1319)
    for (const cell of cells) {
      if (cell.absent) expect([cell.n, cell.value, cell.spread]).toEqual([null, null, null])
      else expect(cell.n).toBeGreaterThanOrEqual(10)
    }
  },
)

agreement('agrees with itself: parts add up to the whole, and progress in the state is zero', async () => {
  const schools = await all('school')
  const municipalities = await all('municipality')
  const sum = (figures: UnitFigure[]) => figures.reduce((total, { cell }) => total + cell.n! * cell.value!, 0)
  expect(sum(schools)).toBeCloseTo(sum(municipalities), 6)
  expect(figure(state, 'ACH-11').cell.value).toBeCloseTo(0, 9)
})

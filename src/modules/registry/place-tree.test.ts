import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type PlaceRegister, placesOn, unitsAround } from './place-tree.ts'

const [latvia, vidzeme, latgale, madona, varaklani, lubana] = [1, 2, 3, 10, 11, 12]
type Territory = NonNullable<ReturnType<PlaceRegister['territories']['get']>>
const always = { from: null, until: null }

/** Varakļāni (in Latgale, so that its region changes too) joined Madona on 1 July 2025. */
const merged: PlaceRegister = {
  territories: new Map([
    [latvia, { kind: 'state', spans: [{ ...always, territory: null }] }],
    [vidzeme, { kind: 'region', spans: [{ ...always, territory: latvia }] }],
    [latgale, { kind: 'region', spans: [{ ...always, territory: latvia }] }],
    [madona, { kind: 'municipality', spans: [{ ...always, territory: vidzeme }] }],
    [varaklani, { kind: 'municipality', spans: [{ from: null, until: '2025-07-01', territory: latgale }] }],
    [lubana, { kind: 'municipality', spans: [{ from: null, until: '2021-07-01', territory: vidzeme }] }],
  ]),
  institutions: new Map([
    [1, { spans: [{ ...always, territory: madona }] }],
    // the source has never said that this school lies in Madona now
    [2, { spans: [{ ...always, territory: varaklani }] }],
    // this one closed before the merger, without a successor
    [3, { spans: [{ from: null, until: '2024-07-01', territory: varaklani }] }],
    // and this one moved by itself
    [
      4,
      {
        spans: [
          { from: null, until: '2023-09-01', territory: madona },
          { from: '2023-09-01', until: null, territory: varaklani },
        ],
      },
    ],
  ]),
  successions: [
    { kind: 'territory', predecessor: varaklani, successor: madona, since: '2025-07-01' },
    { kind: 'territory', predecessor: lubana, successor: varaklani, since: '2021-07-01' },
  ],
}
const of = (register: PlaceRegister, day: string, school: number) =>
  unitsAround(placesOn(register, day))('school', school).map(({ id }) => id)

test('before the merger a school lies in the municipality and region of its time', () => {
  expect(of(merged, '2024-10-01', 1)).toEqual([madona, vidzeme, latvia])
  expect(of(merged, '2024-10-01', 2)).toEqual([varaklani, latgale, latvia])
})

test('after it the school lies in the successor and its region, whatever the source still says of the school', () => {
  expect(of(merged, '2025-10-01', 2)).toEqual([madona, vidzeme, latvia])
})

test('a closed school goes where its territory has gone', () => {
  expect(of(merged, '2024-10-01', 3)).toEqual([varaklani, latgale, latvia])
  expect(of(merged, '2025-10-01', 3)).toEqual([madona, vidzeme, latvia])
})

test('a school that moved lies where it lies on that day', () => {
  expect(of(merged, '2022-10-01', 4)).toEqual([madona, vidzeme, latvia])
  expect(of(merged, '2023-10-01', 4)).toEqual([varaklani, latgale, latvia])
})

test('a chain of mergers is followed to its end, as far as it had come on that day', () => {
  const closed = new Map(merged.institutions).set(5, {
    spans: [{ from: null, until: '2020-07-01', territory: lubana }],
  })
  const register = { ...merged, institutions: closed }
  expect(of(register, '2020-10-01', 5)[0]).toBe(lubana)
  expect(of(register, '2021-10-01', 5)[0]).toBe(varaklani)
  expect(of(register, '2025-10-01', 5)[0]).toBe(madona)
})

test('a closed school whose one successor lies elsewhere is added up there; with two successors it stays where it lay', () => {
  const lastOf = (...successors: number[]) =>
    of(
      {
        ...merged,
        successions: successors.map((successor) => ({
          kind: 'institution' as const,
          predecessor: 3,
          successor,
          since: '2024-07-01',
        })),
      },
      '2024-10-01',
      3,
    )[0]
  expect(lastOf(1)).toBe(madona)
  expect(lastOf(1, 2)).toBe(varaklani)
})

test('a territory that was split stays a unit of its own for what nobody can place', () => {
  const split = {
    ...merged,
    successions: [madona, lubana].map((successor) => ({
      kind: 'territory' as const,
      predecessor: varaklani,
      successor,
      since: '2025-07-01',
    })),
  }
  expect(of(split, '2025-10-01', 3)).toEqual([varaklani, latgale, latvia])
})

test('a succession that runs in a circle is not followed for ever', () => {
  const circle: PlaceRegister = {
    ...merged,
    territories: new Map(merged.territories).set(madona, {
      kind: 'municipality',
      spans: [{ from: null, until: '2025-07-01', territory: vidzeme }],
    }),
    successions: [
      ...merged.successions,
      { kind: 'territory', predecessor: madona, successor: varaklani, since: '2025-07-01' },
    ],
  }
  expect(of(circle, '2025-10-01', 1)[0]).toBe(madona)
})

test('on whatever day, every school lies in one municipality, one region and the state', () => {
  const days = fc
    .date({ min: new Date('2015-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10))
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(7), fc.nat(7), days), { maxLength: 12 }),
      fc.array(fc.option(days), { minLength: 8, maxLength: 8 }),
      fc.array(fc.nat(7), { minLength: 20, maxLength: 20 }),
      days,
      (successions, ends, homes, day) => {
        const register: PlaceRegister = {
          territories: new Map<number, Territory>([
            [latvia, { kind: 'state', spans: [{ ...always, territory: null }] }],
            [vidzeme, { kind: 'region', spans: [{ ...always, territory: latvia }] }],
            ...ends.map(
              (until, at) =>
                [
                  10 + at,
                  { kind: 'municipality' as const, spans: [{ from: null, until, territory: vidzeme }] },
                ] as const,
            ),
          ]),
          institutions: new Map(
            homes.map((home, at) => [at, { spans: [{ ...always, territory: 10 + home }] }]),
          ),
          successions: successions.map(([predecessor, successor, since]) => ({
            kind: 'territory',
            predecessor: 10 + predecessor,
            successor: 10 + successor,
            since,
          })),
        }
        const around = unitsAround(placesOn(register, day))
        for (const school of register.institutions.keys()) {
          expect(around('school', school).map(({ level }) => level)).toEqual([
            'municipality',
            'region',
            'state',
          ])
        }
      },
    ),
  )
})

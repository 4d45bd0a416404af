import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { cellOf, chemistry, indicatorOf, plain, resultsRule } from '../text/made-up.ts'
import { ChartFrame } from './chart-frame.tsx'
import { Histogram, HistogramTable } from './histogram.tsx'
import { IntervalLine } from './interval-line.tsx'
import { limitsOf, scaleFrom, scaleOver } from './scale.ts'
import { TileMap } from './tile-map.tsx'
import { UnitTable } from './unit-table.tsx'

const draw = (what: ReactNode) => renderToStaticMarkup(what)

/** All elements of a kind with their attributes. */
function elements(html: string, kind: string): Record<string, string>[] {
  return [...html.matchAll(new RegExp(`<${kind}\\b([^>]*)>`, 'g'))].map(([, attributes]) =>
    Object.fromEntries(
      [...attributes!.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!]),
    ),
  )
}

test('an interval is drawn from its lower to its upper end, the dot at the value, the state at its own', () => {
  const html = draw(
    <IntervalLine
      scale={scaleFrom(0, 10)}
      marks={[
        { of: 'state', value: 5.8, low: null, high: null },
        { of: 'own', value: 6.1, low: 5.2, high: 7 },
      ]}
    />,
  )
  expect(elements(html, 'circle')).toMatchObject([{ cx: '61%' }])
  const lines = elements(html, 'line').map(({ x1, x2 }) => [x1, x2])
  expect(lines).toContainEqual(['52%', '70%'])
  expect(lines).toContainEqual(['58%', '58%'])
})

test('a figure without an interval gets no line, and no figure no dot', () => {
  const scale = scaleFrom(0, 10)
  expect(
    elements(
      draw(<IntervalLine tall scale={scale} marks={[{ of: 'own', value: 5, low: null, high: null }]} />),
      'line',
    ),
  ).toEqual([])
  expect(elements(draw(<IntervalLine tall scale={scale} marks={[]} />), 'circle')).toEqual([])
})

test('a drawing never says less than the text beside it: pictures are hidden from those who listen', () => {
  const html = draw(<IntervalLine scale={scaleFrom(0, 1)} marks={[]} />)
  expect(elements(html, 'svg')).toMatchObject([{ 'aria-hidden': 'true' }])
})

test('a scale holds every value with room, and never passes the ends of the test', () => {
  const free = scaleOver([5.2, 9.9])
  expect(free.low).toBeLessThanOrEqual(5.2)
  expect(free.high).toBeGreaterThanOrEqual(9.9)
  expect(scaleOver([5.2, 9.9], { low: 0, high: 10 }).high).toBe(10)
})

test('counts are drawn from zero, so that twice as many lie twice as far', () => {
  const scale = scaleOver([100, 200], limitsOf('pupils', null))
  expect(scale.low).toBe(0)
  expect(scale.percent(200)).toBeCloseTo(2 * scale.percent(100), 6)
})

test('an axis has as many decimals as tell its numbers apart', () => {
  expect(scaleFrom(0, 10).decimals).toBe(0)
  expect(scaleFrom(5, 7).decimals).toBe(1)
  expect(scaleFrom(5.1, 5.3).decimals).toBe(2)
})

const named = (name: string) => ({
  id: `00000000-0000-4000-8000-${name.length.toString().padStart(12, '0')}`,
  level: 'school' as const,
  code: name,
  name: { lv: name, en: name, genitive: null, locative: null },
})

test('a table of units keeps the order given and says why a figure is absent', () => {
  const hidden = cellOf({ n: null, value: null, low: null, high: null, absent: 'too_few' })
  const html = draw(
    <UnitTable
      caption="Skolas"
      indicator={indicatorOf()}
      assessment={chemistry}
      figures={[
        { unit: named('Ābeļu skola'), cell: cellOf({ value: 4, low: 3, high: 5 }) },
        { unit: named('Bērzu pamatskola'), cell: hidden },
        { unit: named('Cēsu vidusskola Nr. 1'), cell: cellOf({ value: 9, low: 8, high: 9.5 }) },
      ]}
      state={5.8}
      rules={[resultsRule]}
      year={2026}
    />,
  )
  expect([...html.matchAll(/<a href="[^"]*">([^<]*)<\/a><\/th>/g)].map(([, name]) => name)).toEqual([
    'Ābeļu skola',
    'Bērzu pamatskola',
    'Cēsu vidusskola Nr. 1',
  ])
  expect(html).toContain('aizsargāts: mazāk par 10 skolēniem')
  expect(html).toContain('4,0')
  expect(plain(html)).toContain('3,0 līdz 5,0')
  expect(elements(html, 'circle').length).toBe(2 + 1) // two schools and the key
})

const spread = (counts: readonly number[]) => ({
  quantiles: { p10: 0, p25: 0, p50: 1, p75: 2, p90: 2 },
  values: counts.map((n, value) => ({ value, n })),
})

test('a distribution is drawn as shares of its own pupils, so that a school can lie over a country', () => {
  const html = draw(<Histogram own={spread([5, 10, 5])} state={spread([100, 200, 100])} ownName="skola" />)
  const bars = elements(html, 'rect').filter(({ x }) => x !== undefined)
  expect(bars.length).toBe(3)
  expect(Number(bars[1]!.height)).toBeCloseTo(2 * Number(bars[0]!.height), 6)
  const [level] = elements(html, 'line')
  expect(Number(level!.y1)).toBeCloseTo(Number(bars[0]!.y), 6) // the same share in school and state
})

test('the table of a distribution holds the same numbers as the drawing', () => {
  const html = draw(<HistogramTable own={spread([5, 10, 5])} state={null} ownName="skola" />)
  expect([...html.matchAll(/<td class="n">([^<]*)<\/td>/g)].map(([, text]) => text)).toEqual([
    '5',
    '25,0\u00a0%',
    '10',
    '50,0\u00a0%',
    '5',
    '25,0\u00a0%',
  ])
})

test('a chart says what it shows, where it comes from, and where its numbers can be had', () => {
  const html = draw(
    <ChartFrame
      title="Virsraksts"
      say="Teikums."
      origin={{ people: '24 skolēni', year: 2026, source: 'VPS', csv: '/x.csv', definition: '/d' }}
    >
      <svg aria-hidden="true" />
    </ChartFrame>,
  )
  for (const part of [
    'Virsraksts',
    'Teikums.',
    '24 skolēni',
    '2025./2026.',
    'Avots: VPS',
    'href="/x.csv"',
    'href="/d"',
  ]) {
    expect(html).toContain(part)
  }
})

const tileOf = (name: string, short: string, column: number, row: number) => ({
  territoryId: named(name).id,
  name: named(name).name,
  short,
  column,
  row,
})
const country = [
  tileOf('Ādaži', 'ADA', 5, 2),
  tileOf('Cēsis un vēl', 'CES', 7, 2),
  tileOf('Rīgā', 'RIX', 4, 3),
  tileOf('Valka pie Valgas', 'VLK', 7, 1),
]
const municipality = (name: string) => ({ ...named(name), level: 'municipality' as const })
const drawMap = (given: Partial<Parameters<typeof TileMap>[0]> = {}) =>
  draw(
    <TileMap
      label="Karte"
      indicator={indicatorOf()}
      tiles={country}
      source="Kartes zīmētājs, CC BY 4.0"
      figures={[
        { unit: municipality('Ādaži'), cell: cellOf({ value: 64, low: 60, high: 68 }) },
        {
          unit: municipality('Cēsis un vēl'),
          cell: cellOf({ n: null, value: null, low: null, high: null, absent: 'too_few' }),
        },
        { unit: municipality('Rīgā'), cell: cellOf({ value: 78, low: 77, high: 79 }) },
        { unit: municipality('Līvānu pusē'), cell: cellOf({ value: 70, low: 66, high: 74 }) },
      ]}
      rules={[resultsRule]}
      year={2026}
      {...given}
    />,
  )
/** What each square says to whoever listens. */
const squares = (html: string) =>
  [...html.matchAll(/<a [^>]*>(.*?)<\/a>/g)].map(([, inside]) =>
    plain(inside!.replace(/<[^>]*>/g, '')).trim(),
  )

test('a square says its letters, its municipality, the number and its interval, in the order of the table', () => {
  expect(squares(drawMap())).toEqual([
    'ADA Ādaži: 64,0 (no 60,0 līdz 68,0)',
    'CES Cēsis un vēl: caizsargāts: mazāk par 10 skolēniem',
    'RIX Rīgā: 78,0 (no 77,0 līdz 79,0)',
    'VLK Valka pie Valgas: xnav datu',
  ])
})

test('squares stand where the map says, the first column and row being those that are used', () => {
  const places = elements(drawMap(), 'li').flatMap(({ style }) => (style?.includes('grid') ? [style] : []))
  expect(places).toEqual([
    'grid-column:2;grid-row:2',
    'grid-column:4;grid-row:2',
    'grid-column:1;grid-row:3',
    'grid-column:4;grid-row:1',
  ])
})

test('the larger the figure, the longer the bar; a figure that is absent has neither bar nor shade', () => {
  const html = drawMap()
  const links = elements(html, 'a').map((link) => link['data-shade'])
  expect(links).toEqual(['1', undefined, '5', undefined])
  const bars = [...html.matchAll(/<a .*?<\/a>/g)].map(([link]) =>
    Number(/--share:([\d.]+)/.exec(link)?.[1] ?? 0),
  )
  expect(bars).toEqual([0.25, 0, 1, 0])
})

test('the key names every class with its ends, and every reason for an absent figure', () => {
  const [, key] = drawMap().split('<ul').slice(1)
  const entries = [...key!.matchAll(/<li>(.*?)<\/li>/g)].map(([, entry]) =>
    plain(entry!.replace(/<[^>]*>/g, '')),
  )
  expect(entries).toEqual([
    'līdz 64,9',
    '65,0 līdz 69,9',
    '70,0 līdz 74,9',
    '75,0 un vairāk',
    'caizsargāts: mazāk par 10 skolēniem',
    'xnav datu',
  ])
})

test('a municipality without a square is named, so that nobody takes it for missing', () => {
  expect(drawMap()).toContain('Kartē nav vietas, skaitlis ir tabulā: Līvānu pusē.')
  expect(drawMap({ figures: [{ unit: municipality('Rīgā'), cell: cellOf() }] })).not.toContain('nav vietas')
})

test('a map says who drew it and under which licence', () => {
  expect(drawMap()).toContain('Kartes avots: Kartes zīmētājs, CC BY 4.0')
})

test('shares are classed and written per cent', () => {
  const figures = [
    { unit: municipality('Ādaži'), cell: cellOf({ value: 0.64, low: 0.55, high: 0.73 }) },
    { unit: municipality('Rīgā'), cell: cellOf({ value: 0.78, low: 0.7, high: 0.86 }) },
  ]
  const html = plain(drawMap({ indicator: indicatorOf({ unit: 'share', kind: 'share' }), figures }))
  for (const words of ['64 %', 'līdz 64 %', '65 līdz 69 %', '75 % un vairāk']) expect(html).toContain(words)
})

test('where no figure is shown there is no map to read', () => {
  const hidden = cellOf({ n: null, value: null, low: null, high: null, absent: 'not_public' })
  expect(drawMap({ figures: [{ unit: municipality('Rīgā'), cell: hidden }] })).toBe('')
  expect(drawMap({ tiles: [] })).toBe('')
})

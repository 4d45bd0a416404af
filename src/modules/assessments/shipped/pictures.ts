import type { MediaFile } from '../store.ts'

/** Drawings in ink on paper, that print and show well in every colour setting. */

function drawing(name: string, width: number, height: number, inside: string): MediaFile {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="15"><rect width="${width}" height="${height}" fill="#fff"/>${inside}</svg>`
  return { name: `${name}.svg`, type: 'image/svg+xml', bytes: new TextEncoder().encode(svg) }
}

const line = (x1: number, y1: number, x2: number, y2: number, more = '') =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#1d2430" stroke-width="2" ${more}/>`
const words = (x: number, y: number, text: string | number, anchor = 'middle') =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="#1d2430">${text}</text>`

/** A chart of at most four bars. */
export function barChart(
  name: string,
  values: readonly [name: string, value: number][],
  most: number,
  step = 2,
): MediaFile {
  const y = (value: number) => 160 - (value / most) * 140
  const grid = Array.from({ length: most / step + 1 }, (_, at) => at * step).map(
    (value) =>
      `<line x1="40" x2="400" y1="${y(value)}" y2="${y(value)}" stroke="#9aa3b2"/>${words(32, y(value) + 5, value, 'end')}`,
  )
  const bars = values.map(
    ([label, value], at) =>
      `<rect x="${64 + at * 86}" y="${y(value)}" width="44" height="${160 - y(value)}" fill="#376fa9"/>${words(86 + at * 86, 180, label)}`,
  )
  return drawing(name, 410, 190, grid.join('') + bars.join(''))
}

/** A chart of a line over named points. */
export function lineChart(
  name: string,
  values: readonly [name: string, value: number][],
  [least, most]: readonly [number, number],
  step: number,
): MediaFile {
  const x = (at: number) => 60 + (at * 330) / (values.length - 1)
  const y = (value: number) => 160 - ((value - least) / (most - least)) * 140
  const grid = Array.from({ length: (most - least) / step + 1 }, (_, at) => least + at * step).map(
    (value) =>
      `<line x1="40" x2="400" y1="${y(value)}" y2="${y(value)}" stroke="#9aa3b2"/>${words(34, y(value) + 5, value, 'end')}`,
  )
  const points = values.map(([, value], at) => `${x(at)},${y(value)}`).join(' ')
  const dots = values.map(
    ([label, value], at) =>
      `<circle cx="${x(at)}" cy="${y(value)}" r="4" fill="#376fa9"/>${words(x(at), 180, label)}`,
  )
  return drawing(
    name,
    410,
    190,
    `${grid.join('')}<polyline points="${points}" fill="none" stroke="#376fa9" stroke-width="3"/>${dots.join('')}`,
  )
}

/** A clock with two hands. */
export function clock(name: string, hour: number, minute: number): MediaFile {
  const at = (turn: number, reach: number): [number, number] => [
    Math.round(100 + reach * Math.sin(turn * 2 * Math.PI)),
    Math.round(100 - reach * Math.cos(turn * 2 * Math.PI)),
  ]
  const hours = Array.from({ length: 12 }, (_, h) =>
    words(at((h + 1) / 12, 74)[0], at((h + 1) / 12, 74)[1] + 5, h + 1),
  )
  const ticks = Array.from({ length: 60 }, (_, m) =>
    line(...at(m / 60, m % 5 === 0 ? 86 : 90), ...at(m / 60, 94), 'stroke-opacity="0.7"'),
  )
  const hands =
    line(100, 100, ...at((hour % 12) / 12 + minute / 720, 42), 'stroke-width="7"') +
    line(100, 100, ...at(minute / 60, 62), 'stroke-width="4"')
  return drawing(
    name,
    200,
    200,
    `<circle cx="100" cy="100" r="95" fill="none" stroke="#1d2430" stroke-width="3"/>${ticks.join('')}${hours.join('')}${hands.replaceAll('stroke-width="2" ', '')}`,
  )
}

/** A rectangle of squares, some of them filled from the first. */
export function squares(name: string, across: number, down: number, filled: number): MediaFile {
  const cells = Array.from({ length: across * down }, (_, at) => {
    const [x, y] = [10 + (at % across) * 30, 10 + Math.floor(at / across) * 30]
    return `<rect x="${x}" y="${y}" width="30" height="30" fill="${at < filled ? '#376fa9' : '#fff'}" stroke="#1d2430" stroke-width="2"/>`
  })
  return drawing(name, across * 30 + 20, down * 30 + 20, cells.join(''))
}

/** A figure with straight sides; points in squares of 30 px, names of sides at the middles. */
export function polygon(
  name: string,
  points: readonly (readonly [x: number, y: number])[],
  sides: readonly string[],
): MediaFile {
  const [width, height] = [0, 1].map((axis) => Math.max(...points.map((point) => point[axis]!)) * 30 + 100)
  const [middleX, middleY] = [width! / 2, height! / 2]
  const drawn = points.map(([x, y]): [number, number] => [50 + x * 30, 50 + y * 30])
  const labels = sides.map((side, at) => {
    const [a, b] = [drawn[at]!, drawn[(at + 1) % drawn.length]!]
    const [x, y] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
    return words(
      x + Math.sign(Math.round(x - middleX)) * 26,
      y + 5 + Math.sign(Math.round(y - middleY)) * 16,
      side,
    )
  })
  return drawing(
    name,
    width!,
    height!,
    `<polygon points="${drawn.map((point) => point.join(',')).join(' ')}" fill="#e6eef7" stroke="#1d2430" stroke-width="2"/>${labels.join('')}`,
  )
}

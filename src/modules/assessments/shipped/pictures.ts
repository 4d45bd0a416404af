import type { MediaFile } from '../store.ts'

/** A chart of bars, in ink on paper, that prints and shows well in every colour setting. */
function bars(values: readonly [name: string, value: number][], most: number): string {
  const y = (value: number) => 160 - (value / most) * 140
  const lines = Array.from({ length: most / 2 + 1 }, (_, at) => at * 2).map(
    (value) =>
      `<line x1="40" x2="400" y1="${y(value)}" y2="${y(value)}" stroke="#9aa3b2"/><text x="32" y="${y(value) + 5}" text-anchor="end">${value}</text>`,
  )
  const drawn = values.map(
    ([name, value], at) =>
      `<rect x="${64 + at * 86}" y="${y(value)}" width="44" height="${160 - y(value)}" fill="#376fa9"/><text x="${86 + at * 86}" y="180" text-anchor="middle">${name}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 410 190" font-family="sans-serif" font-size="15"><rect width="410" height="190" fill="#fff"/>${lines.join('')}${drawn.join('')}</svg>`
}

export const booksChart: MediaFile = {
  name: 'gramatas.svg',
  type: 'image/svg+xml',
  bytes: new TextEncoder().encode(
    bars(
      [
        ['Elza', 6],
        ['Toms', 3],
        ['Marta', 8],
        ['Rihards', 5],
      ],
      8,
    ),
  ),
}

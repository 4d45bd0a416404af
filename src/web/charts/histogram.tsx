import type { Spread } from '#terms/cell.ts'
import { useLanguage } from '../text/language.ts'
import { type Bin, binsOf } from './bins.ts'
import css from './histogram.module.css'

const TOP = 8 // px above the highest bar
const HEIGHT = 190 // px of the tallest bar

/**
 * How results are spread: bars are the unit, the outline is the state, both as shares of their own pupils, so that a
 * school of thirty can be laid over a country.
 */
export function Histogram({ own, state, ownName }: { own: Spread; state: Spread | null; ownName: string }) {
  const { t, share } = useLanguage()
  const bars = sharesOf(own, state)
  const outline = state && sharesOf(state, own)
  const most = Math.max(...bars.map((bar) => bar.share), ...(outline ?? []).map((bar) => bar.share))
  const width = 100 / bars.length
  const y = (x: number) => TOP + HEIGHT * (1 - x / most)
  const labelled = Math.ceil(bars.length / 10)
  return (
    <>
      <p className={css.key}>
        <span>
          <svg width="14" height="14" aria-hidden="true">
            <rect className={css.bar} width="14" height="14" />
          </svg>
          {ownName}
        </span>
        {outline && (
          <span>
            <svg width="14" height="14" aria-hidden="true">
              <path className={css.outline} d="M0 13V2h14v11" />
            </svg>
            {t('level.state')}
          </span>
        )}
      </p>
      <svg className={css.histogram} width="100%" height={TOP + HEIGHT + 24} aria-hidden="true">
        {bars.map((bar, k) => (
          <g key={bar.from}>
            <rect
              className={css.bar}
              x={`${k * width + width * 0.08}%`}
              width={`${width * 0.84}%`}
              y={y(bar.share)}
              height={HEIGHT + TOP - y(bar.share)}
            />
            {bars.length <= 12 && (
              <text
                className={css.share}
                x={`${(k + 0.5) * width}%`}
                y={labelAt(y(bar.share))}
                textAnchor="middle"
              >
                {share(bar.share)}
              </text>
            )}
            {k % labelled === 0 && (
              <text
                className={css.tick}
                x={`${(k + (bar.single ? 0.5 : 0)) * width}%`}
                y={TOP + HEIGHT + 18}
                textAnchor={bar.single ? 'middle' : k === 0 ? 'start' : 'middle'}
              >
                {edge(bar.from, bars)}
              </text>
            )}
          </g>
        ))}
        {outline && <Outline bars={outline} y={y} />}
        <line className={css.floor} x1="0" x2="100%" y1={TOP + HEIGHT} y2={TOP + HEIGHT} />
      </svg>
    </>
  )
}

/** A number stands at the foot of its bar; over a bar too low to hold it. */
function labelAt(top: number): number {
  const foot = TOP + HEIGHT - 8
  return foot - top > 14 ? foot : top - 6
}

/** Steps of the state: a level line over each bar, joined by upright ones. */
function Outline({ bars, y }: { bars: readonly Share[]; y: (x: number) => number }) {
  const width = 100 / bars.length
  return bars.map((bar, k) => (
    <g key={bar.from} className={css.outline}>
      <line x1={`${k * width}%`} x2={`${(k + 1) * width}%`} y1={y(bar.share)} y2={y(bar.share)} />
      {k > 0 && (
        <line x1={`${k * width}%`} x2={`${k * width}%`} y1={y(bars[k - 1]!.share)} y2={y(bar.share)} />
      )}
    </g>
  ))
}

type Share = Bin & { share: number }

/** The same bars as shares of all people in the distribution. */
function sharesOf(spread: Spread, also: Spread | null): Share[] {
  const bins = binsOf(spread.values, also?.values)
  const all = bins.reduce((sum, bin) => sum + bin.n, 0)
  return bins.map((bin) => ({ ...bin, share: all === 0 ? 0 : bin.n / all }))
}

function edge(x: number, bars: readonly Bin[]): string {
  return String(bars.every((bar) => Number.isInteger(bar.from)) ? x : Number(x.toFixed(2)))
}

/** The numbers of the drawing. */
export function HistogramTable({
  own,
  state,
  ownName,
}: {
  own: Spread
  state: Spread | null
  ownName: string
}) {
  const { t, share, count, number } = useLanguage()
  const bars = sharesOf(own, state)
  const outline = state && sharesOf(state, own)
  const write = (x: number) => number(x, Number.isInteger(x) ? 0 : Number.isInteger(10 * x) ? 1 : 2)
  return (
    <table className="data">
      <thead>
        <tr>
          <th scope="col">{t('column.points')}</th>
          <th scope="col" className="n">
            {t('column.pupils')}
          </th>
          <th scope="col" className="n">
            {ownName}
          </th>
          {outline && (
            <th scope="col" className="n">
              {t('level.state')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {bars.map((bar, k) => (
          <tr key={bar.from}>
            <th scope="row">
              {bar.single
                ? write(bar.from)
                : t('figure.range', { low: write(bar.from), high: write(bar.to) })}
            </th>
            <td className="n">{count(bar.n)}</td>
            <td className="n">{share(bar.share, 1)}</td>
            {outline && <td className="n">{share(outline[k]!.share, 1)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

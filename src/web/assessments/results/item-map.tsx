import { scaleLinear } from 'd3-scale'
import type { ItemMapRow } from '#modules/assessments/model.ts'
import { ChartFrame } from '../../charts/chart-frame.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { useLanguage } from '../../text/language.ts'
import css from './results.module.css'

const ROW = 22 // px
const WIDTH = 380
const LEFT = 44
const RIGHT = 16
const TOP = 8

/** Items from easy to hard: how the own pupils did (dot) and how all did (upright line). */
export function ItemMap({
  title,
  items,
  of,
}: {
  title: string
  items: readonly ItemMapRow[]
  of: 'class' | 'school'
}) {
  const { t, share, name, count } = useLanguage()
  const inOrder = items.toSorted((a, b) => (b.allShare ?? b.share) - (a.allShare ?? a.share))
  const better = items.filter((item) => item.allShare !== null && item.share > item.allShare).length
  const say = t(of === 'class' ? 'results.itemMapSay' : 'results.itemMapSchool', {
    better: count(better),
    of: count(items.length),
  })
  const x = scaleLinear([0, 1], [LEFT, WIDTH - RIGHT])
  const height = TOP + inOrder.length * ROW + 26
  return (
    <ChartFrame
      title={title}
      say={say}
      origin={{}}
      table={<ItemTable items={inOrder} label={title} of={of} />}
    >
      <svg className={css.chart} viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={say}>
        {[0, 0.5, 1].map((at) => (
          <g key={at}>
            <line className={css.rule} x1={x(at)} x2={x(at)} y1={TOP} y2={height - 22} />
            <text x={x(at)} y={height - 6} textAnchor={at === 1 ? 'end' : 'middle'}>
              {share(at)}
            </text>
          </g>
        ))}
        {inOrder.map((item, row) => {
          const y = TOP + (row + 0.5) * ROW
          return (
            <g key={item.position}>
              <title>{`${item.position}: ${name(item.strandName)}`}</title>
              <text x={LEFT - 14} y={y + 4} textAnchor="end">
                {item.position}
              </text>
              <line className={css.rule} x1={LEFT} x2={WIDTH - RIGHT} y1={y} y2={y} />
              {item.allShare !== null && (
                <line
                  className={css.tick}
                  x1={x(item.allShare)}
                  x2={x(item.allShare)}
                  y1={y - 8}
                  y2={y + 8}
                />
              )}
              <circle className={css.dot} cx={x(item.share)} cy={y} r={5} />
            </g>
          )
        })}
      </svg>
      <p className="small">
        ● {t(of === 'class' ? 'results.own' : 'results.ownSchool')} &nbsp; | {t('results.everybody')} ·{' '}
        {t('results.share')}
      </p>
    </ChartFrame>
  )
}

function ItemTable({
  items,
  label,
  of,
}: {
  items: readonly ItemMapRow[]
  label: string
  of: 'class' | 'school'
}) {
  const { t, share, name } = useLanguage()
  return (
    <WideTable label={label}>
      <thead>
        <tr>
          <th scope="col">{t('results.item')}</th>
          <th scope="col">{t('results.strand')}</th>
          <th scope="col" className="n">
            {t(of === 'class' ? 'results.own' : 'results.ownSchool')}
          </th>
          <th scope="col" className="n">
            {t('results.everybody')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.position}>
            <th scope="row">
              {item.title === null
                ? t('results.itemSecret', { n: item.position })
                : t('results.itemOpen', { n: item.position, title: item.title })}
            </th>
            <td>{name(item.strandName)}</td>
            <td className="n">{share(item.share)}</td>
            <td className="n">{item.allShare === null ? '–' : share(item.allShare)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}

import css from './marks.module.css'
import { OwnMark } from './own-mark.tsx'
import type { Scale } from './scale.ts'

const HEIGHT = 40 // px
const BAND = 24 // px, height of the band
const TICK = 16 // px

/**
 * A figure among others of its kind: their middle half as a band, each as a tick where they are few, the own one as a dot with its
 * interval. Only a picture: nobody has a place in an order, and numbers stand beside it as text.
 */
export function Strip(props: {
  scale: Scale
  /** the middle half */
  half: { low: number; high: number } | null
  ticks?: readonly { id: string; value: number }[]
  own: { value: number; low: number | null; high: number | null } | null
  /** zero is what all is compared with, as an upright line */
  hasZero?: boolean
}) {
  const { scale, half, ticks = [], own, hasZero = false } = props
  return (
    <svg className={css.strip} width="100%" height={HEIGHT} aria-hidden="true">
      <line className={css.rail} x1="0" x2="100%" y1="50%" y2="50%" />
      {half && (
        <rect
          className={css.half}
          x={scale.at(half.low)}
          width={`${Math.max(0, scale.percent(half.high) - scale.percent(half.low))}%`}
          y={(HEIGHT - BAND) / 2}
          height={BAND}
          rx="3"
        />
      )}
      {hasZero && <line className={css.zero} x1={scale.at(0)} x2={scale.at(0)} y1="2" y2={HEIGHT - 2} />}
      {ticks.map(({ id, value }) => (
        <line
          key={id}
          className={css.tick}
          x1={scale.at(value)}
          x2={scale.at(value)}
          y1={(HEIGHT - TICK) / 2}
          y2={(HEIGHT + TICK) / 2}
        />
      ))}
      {own && <OwnMark scale={scale} figure={own} radius={6} />}
    </svg>
  )
}

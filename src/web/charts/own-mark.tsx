import css from './marks.module.css'
import type { Scale } from './scale.ts'

/** One's own figure at half the height of its drawing: a dot and, where it is known how sure that is, its interval. */
export function OwnMark({
  scale,
  figure: { value, low, high },
  radius = 5.5,
}: {
  scale: Scale
  figure: { value: number; low: number | null; high: number | null }
  /** px */
  radius?: number
}) {
  return (
    <>
      {low !== null && high !== null && (
        <line className={css.interval} x1={scale.at(low)} x2={scale.at(high)} y1="50%" y2="50%" />
      )}
      <circle className={css.own} cx={scale.at(value)} cy="50%" r={radius} />
    </>
  )
}

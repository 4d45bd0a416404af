import css from './axis.module.css'
import type { Scale } from './scale.ts'

/** Numbers over a chart, each above its place. */
export function Axis({ scale, write }: { scale: Scale; write: (x: number) => string }) {
  return (
    <svg className={css.axis} width="100%" height="20" aria-hidden="true">
      {scale.ticks.map((tick) => {
        return (
          <g key={tick}>
            <text x={scale.at(tick)} y="12" textAnchor="middle">
              {write(tick)}
            </text>
            <line x1={scale.at(tick)} x2={scale.at(tick)} y1="16" y2="20" />
          </g>
        )
      })}
    </svg>
  )
}

import type { Level } from '#terms/level.ts'
import css from './marks.module.css'
import { OwnMark } from './own-mark.tsx'
import type { Scale } from './scale.ts'

/** A figure on the line: whose it is, where it lies and, for one's own, how sure it is. */
export interface Mark {
  of: 'own' | Exclude<Level, 'school'>
  value: number
  low: number | null
  high: number | null
}

/**
 * One figure with its interval and its neighbours on one line: own dot with interval, municipality a diamond, region a
 * square, state an upright line. Only a picture: the numbers stand beside it as text.
 */
export function IntervalLine({
  scale,
  marks,
  tall,
}: {
  scale: Scale
  marks: readonly Mark[]
  tall?: boolean
}) {
  const own = marks.find((mark) => mark.of === 'own')
  const others = marks.filter((mark) => mark.of !== 'own')
  return (
    <svg className={tall ? css.tall : css.line} width="100%" height={tall ? '100%' : 26} aria-hidden="true">
      {!tall && <line className={css.rail} x1="0" x2="100%" y1="50%" y2="50%" />}
      {scale.low < 0 && scale.high > 0 && (
        <line className={css.zero} x1={scale.at(0)} x2={scale.at(0)} y1="0" y2="100%" />
      )}
      {others.map((mark) => (
        <Neighbour key={mark.of} mark={mark} at={scale.at(mark.value)} tall={tall} />
      ))}
      {own && <OwnMark scale={scale} figure={own} />}
    </svg>
  )
}

function Neighbour({ mark, at, tall }: { mark: Mark; at: string; tall: boolean | undefined }) {
  if (mark.of === 'state') {
    const [top, bottom] = tall ? ['0', '100%'] : ['4', '22']
    return <line className={css.state} x1={at} x2={at} y1={top} y2={bottom} />
  }
  return (
    <svg x={at} y="50%" className={css.shape} aria-hidden="true">
      <path className={css[mark.of]} d={mark.of === 'region' ? 'M-4-4h8v8h-8z' : 'M0-6l5 6l-5 6l-5-6z'} />
    </svg>
  )
}

/** The marks explained in words, for the head of a table. */
export function MarkKey({ of, children }: { of: Mark['of']; children: string }) {
  return (
    <span className={css.key}>
      <svg width="16" height="16" aria-hidden="true">
        {of === 'own' ? (
          <circle className={css.own} cx="8" cy="8" r="5.5" />
        ) : of === 'state' ? (
          <line className={css.state} x1="8" x2="8" y1="1" y2="15" />
        ) : (
          <svg x="8" y="8" className={css.shape} aria-hidden="true">
            <path className={css[of]} d={of === 'region' ? 'M-4-4h8v8h-8z' : 'M0-6l5 6l-5 6l-5-6z'} />
          </svg>
        )}
      </svg>
      {children}
    </span>
  )
}

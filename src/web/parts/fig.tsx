import type { ReactNode } from 'react'
import css from './fig.module.css'

/** A large figure with its name, its unit and one sentence that says how sure it is and how to read it. */
export function Fig(props: {
  name: ReactNode
  value: ReactNode
  unit?: string
  children?: ReactNode
  drawing?: ReactNode
}) {
  return (
    <div className={css.fig}>
      <h3 className={css.name}>{props.name}</h3>
      <p className={css.number}>
        {props.value} {props.unit && <small>{props.unit}</small>}
      </p>
      {props.drawing && <div className={css.drawing}>{props.drawing}</div>}
      {props.children && <p className={css.say}>{props.children}</p>}
    </div>
  )
}

export function Figs({ children }: { children: ReactNode }) {
  return <div className={css.row}>{children}</div>
}

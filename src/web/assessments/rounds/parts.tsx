import type { ReactNode } from 'react'
import { ENOUGH, type Participation, participationRate } from '#modules/assessments/model.ts'
import { usePortal } from '../../portal.ts'
import { useLanguage } from '../../text/language.ts'
import css from './rounds.module.css'
import type { Refused } from './send.ts'

/** A form of a page that is sent to the page itself. */
export function SentForm(props: { what?: string; className?: string; children: ReactNode }) {
  const csrf = usePortal()?.me.csrf ?? ''
  return (
    <form method="post" className={`${props.className ?? css.fields} no-print`}>
      <input type="hidden" name="csrf" value={csrf} />
      {props.what && <input type="hidden" name="what" value={props.what} />}
      {props.children}
    </form>
  )
}

/** Why what was sent was refused. */
export function Refusal({ refused }: { refused: Refused | undefined }) {
  const { t } = useLanguage()
  if (!refused) return null
  return (
    <div className={css.refused} role="alert">
      <p>{t('rounds.refused')}</p>
      <ul>
        {refused.errors.map((error) => (
          <li key={error}>{error}</li>
        ))}
      </ul>
    </div>
  )
}

/** A field with its label and, below, what is to be known about it. */
export function Field(props: { label: string; note?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is given by whoever uses it
    <label>
      {props.label}
      {props.children}
      {props.note && <span className="small">{props.note}</span>}
    </label>
  )
}

/** One thing that is known, with its name. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

export const statuses = ['expected', 'tested', 'absent', 'exempt'] as const

/** Head of the columns of `Counts`. */
export function CountHeads() {
  const { t } = useLanguage()
  return (
    <>
      {statuses.map((status) => (
        <th key={status} scope="col" className="n">
          {t(`rounds.statuses.${status}`)}
        </th>
      ))}
      <th scope="col" className="n">
        {t('rounds.rate')}
      </th>
    </>
  )
}

/**
 * How many take part, as cells of a row.
 *
 * @param isOver  nobody is expected any more: then too few is said
 */
export function Counts({ participation, isOver }: { participation: Participation; isOver: boolean }) {
  const { t, count, share } = useLanguage()
  const rate = participationRate(participation)
  return (
    <>
      {statuses.map((status) => (
        <td key={status} className="n">
          {count(participation[status])}
        </td>
      ))}
      <td className="n">
        {rate === null || (!isOver && participation.tested === 0) ? '–' : share(rate)}
        {isOver && rate !== null && rate < ENOUGH && <span className="tag look"> {t('rounds.tooFew')}</span>}
      </td>
    </>
  )
}

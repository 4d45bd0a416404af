import type { ReactNode } from 'react'
import { useLanguage } from '../../text/language.ts'
import { gradeName } from '../bench.ts'
import { Field } from './parts.tsx'
import css from './rounds.module.css'

const domains = ['reading', 'numeracy', 'science'] as const
const grades = [3, 6] as const

/** Of which domain and grade a form is to be. */
export interface Wanted {
  domain: (typeof domains)[number]
  grade: (typeof grades)[number]
}

/** What an address asks for; where it asks for nothing that there is, the first of each. */
export function wantedOf(asked: URLSearchParams): Wanted {
  return {
    domain: domains.find((each) => each === asked.get('domain')) ?? domains[0],
    grade: grades.find((each) => String(each) === asked.get('grade')) ?? grades[0],
  }
}

/** Asks for the items of a domain and grade, and for what else a page wants to know. */
export function WhichItems(props: {
  wanted: { domain: string; grade: number }
  action: string
  button: string
  children?: ReactNode
}) {
  const { t } = useLanguage()
  const { domain, grade } = props.wanted
  return (
    <form className={`${css.row} no-print`} action={props.action}>
      <Field label={t('rounds.domain')}>
        <select name="domain" defaultValue={domain}>
          {domains.map((each) => (
            <option key={each} value={each}>
              {t(`rounds.domains.${each}`)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t('rounds.grade')}>
        <select name="grade" defaultValue={grade}>
          {grades.map((each) => (
            <option key={each} value={each}>
              {gradeName(t, each)}
            </option>
          ))}
        </select>
      </Field>
      {props.children}
      <button type="submit" className="button quiet">
        {props.button}
      </button>
    </form>
  )
}

import type { ReactNode } from 'react'
import { useLanguage } from '../text/language.ts'

/** What every form of the page sends along. */
export interface FormParts {
  csrf: string
  /** the page goes on looking by itself */
  again: boolean
}

/** A form of the jobs page; its fields and buttons come as children. */
export function JobForm({
  form,
  className,
  children,
}: {
  form: FormParts
  className?: string | undefined
  children: ReactNode
}) {
  const { to } = useLanguage()
  return (
    <form method="post" action={to('jobs')} className={className}>
      <input type="hidden" name="csrf" value={form.csrf} />
      {form.again && <input type="hidden" name="again" value="1" />}
      {children}
    </form>
  )
}

/** One button that does something to one job; what it is about is said to those who do not see the card around it. */
export function JobButton(props: { form: FormParts; job: string; what: 'cancel' | 'retry'; about: string }) {
  const { t } = useLanguage()
  return (
    <JobForm form={props.form}>
      <input type="hidden" name="what" value={props.what} />
      <button type="submit" name="job" value={props.job} className="button quiet">
        {t(`jobs.${props.what}`)}
        <span className="hidden"> {props.about}</span>
      </button>
    </JobForm>
  )
}

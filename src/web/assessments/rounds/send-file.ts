import { data, type RouterContextProvider, redirect } from 'react-router'
import { MOST_FILE } from '#modules/assessments/model.ts'
import type { Locale } from '#terms/locale.ts'
import { portalContext } from '../../context.ts'
import { query } from '../../query.ts'
import { refusal } from '../../read.ts'
import { languages } from '../../text/language.ts'
import { fieldsOf, type Refused } from './send.ts'

/** Sends the file of a form to a round. What is wrong with it is told on the page, and nothing is lost. */
export async function sendFile(
  context: Readonly<RouterContextProvider>,
  id: string,
  form: FormData,
  locale: Locale,
) {
  const { t, to } = languages[locale]
  const told = (error: string, status: number) => data<Refused>({ errors: [error], said: {} }, { status })
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0) return told(t('rounds.files.noFile'), 400)
  if (file.size > MOST_FILE) return told(t('rounds.files.tooLarge', { most: MOST_FILE / 1024 ** 2 }), 413)
  const answer = await context
    .get(portalContext)
    .api(`/rounds/${encodeURIComponent(id)}/files?${query({ name: file.name.slice(-400) || 'csv' })}`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv', 'x-csrf': fieldsOf(form)('csrf'), 'accept-language': locale },
      body: await file.arrayBuffer(),
    })
  if (answer.ok) return redirect(`${to('round', { id })}?again#files`, 303)
  if (![400, 409, 413].includes(answer.status)) throw await refusal(answer)
  const { errors, title, detail } = (await answer.json()) as {
    errors?: { message: string }[]
    title: string
    detail: string
  }
  return told(errors?.[0]?.message ?? `${title}. ${detail}`, answer.status)
}

import { data, type RouterContextProvider } from 'react-router'
import type { Locale } from '#terms/locale.ts'
import { portalContext } from '../../context.ts'
import { refusal } from '../../read.ts'

/** What was wrong with a form, in words of its language. */
export interface Refused {
  errors: string[]
  /** what was sent, by field, so that nobody has to fill it in again */
  said: Record<string, string[]>
}

/** Fields of a form that was sent, by name. */
export function fieldsOf(form: FormData): (name: string) => string {
  return (name) => String(form.get(name) ?? '').trim()
}

/** How a field begins: as it was sent before, or with what is given. */
export function startOf(refused: Refused | undefined): (name: string, otherwise?: string | number) => string {
  return (name, otherwise = '') => refused?.said[name]?.[0] ?? String(otherwise)
}

/**
 * Sends something to the API for a form of a page.
 *
 * @returns  the answer; or, where a field is wrong or it is not possible any more, what to tell, to be returned by the action
 * @throws   a route error for any other refusal
 */
export async function send(
  context: Readonly<RouterContextProvider>,
  path: string,
  { form, locale, body }: { form: FormData; locale: Locale; body: unknown },
) {
  const answer = await context.get(portalContext).api(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-csrf': fieldsOf(form)('csrf'),
      'accept-language': locale,
    },
    body: JSON.stringify(body),
  })
  if (answer.ok) return { answer, refused: null }
  if (answer.status !== 400 && answer.status !== 409) throw await refusal(answer)
  const { errors, title, detail } = (await answer.json()) as {
    errors?: { message: string }[]
    title: string
    detail: string
  }
  const told: Refused = {
    errors: errors?.map(({ message }) => message) ?? [`${title}. ${detail}`],
    said: Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name).map(String)])),
  }
  return { answer: null, refused: data(told, { status: answer.status }) }
}

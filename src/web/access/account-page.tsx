import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from 'react-router'
import { portalContext } from '../context.ts'
import { refusal } from '../read.ts'
import { languages, localeOf } from '../text/language.ts'
import { cookiesOf } from './sign-in-page.tsx'

/** Receives the forms of the account menu: another mandate, or sign out. */
export async function action({ context, request }: ActionFunctionArgs) {
  const { api } = context.get(portalContext)
  const form = await request.formData()
  const headers = { 'content-type': 'application/json', 'x-csrf': String(form.get('csrf') ?? '') }
  const { to } = languages[localeOf(new URL(request.url).pathname)]
  const leaves = form.get('what') === 'leave'
  const answer = leaves
    ? await api('/session', { method: 'DELETE', headers })
    : await api('/session', {
        method: 'PATCH',
        headers,
        body: JSON.stringify({ mandate: String(form.get('mandate') ?? '') }),
      })
  if (!answer.ok) throw await refusal(answer)
  return redirect(to(leaves ? 'home' : 'myWork'), { status: 303, headers: cookiesOf(answer) })
}

export function loader({ request }: LoaderFunctionArgs) {
  return redirect(languages[localeOf(new URL(request.url).pathname)].to('myWork'))
}

export default function AccountPage() {
  return null
}

import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from 'react-router'
import { portalContext } from '../context.ts'
import { query } from '../query.ts'
import { refusal } from '../read.ts'
import { languages, localeOf } from '../text/language.ts'
import { cookiesOf, forwarded } from './forms.ts'

/** Receives the forms of the account menu: another mandate, or sign out, here or everywhere. */
export async function action({ context, request }: ActionFunctionArgs) {
  const { api, me } = context.get(portalContext)
  const form = await request.formData()
  const csrf = String(form.get('csrf') ?? '')
  const headers = forwarded(request, { 'content-type': 'application/json', 'x-csrf': csrf })
  const locale = localeOf(new URL(request.url).pathname)
  const { to } = languages[locale]
  const what = form.get('what')
  if (what === 'leave' || what === 'leave-all') {
    const answer = await api(what === 'leave' ? '/session' : '/sessions', { method: 'DELETE', headers })
    if (!answer.ok) throw await refusal(answer)
    // Who came through the sign-in service is signed in there as well, for every other site.
    const next = me.signedInBy === 'provider' ? `/sign-in/leave?${query({ language: locale })}` : to('home')
    return redirect(next, { status: 303, headers: cookiesOf(answer) })
  }
  const answer = await api('/session', {
    method: 'PATCH',
    headers,
    body: JSON.stringify({ mandate: String(form.get('mandate') ?? '') }),
  })
  if (!answer.ok) throw await refusal(answer)
  return redirect(to('myWork'), { status: 303, headers: cookiesOf(answer) })
}

export function loader({ request }: LoaderFunctionArgs) {
  return redirect(languages[localeOf(new URL(request.url).pathname)].to('myWork'))
}

export default function AccountPage() {
  return null
}

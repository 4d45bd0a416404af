import { type ActionFunctionArgs, redirect } from 'react-router'
import { portalContext } from '../context.ts'
import { refusal } from '../read.ts'

/** Receives the buttons of a feed: run now, pause, go on, send one message again or all since a day. Back to the page they stand on. */
export async function feedAction({ context, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const said = (name: string) => String(form.get(name) ?? '')
  const what = ['run', 'pause', 'resume'].find((each) => each === said('what')) ?? 'run'
  const feed = `/feeds/${encodeURIComponent(said('feed'))}`
  const message = said('message')
  const isSince = said('what') === 'replay'
  const path =
    message !== ''
      ? `${feed}/messages/${encodeURIComponent(message)}/replay`
      : `${feed}/${isSince ? 'replay' : what}`
  const answer = await context.get(portalContext).api(path, {
    method: 'POST',
    headers: { 'x-csrf': said('csrf'), ...(isSince && { 'content-type': 'application/json' }) },
    ...(isSince && { body: JSON.stringify({ since: said('since'), kind: said('kind') || null }) }),
  })
  const page = new URL(request.url).pathname
  if (answer.status === 409) return redirect(`${page}?changed`, 303)
  if (!answer.ok) throw await refusal(answer)
  return redirect(page, 303)
}

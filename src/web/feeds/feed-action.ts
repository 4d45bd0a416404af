import { type ActionFunctionArgs, redirect } from 'react-router'
import { portalContext } from '../context.ts'
import { refusal } from '../read.ts'

/** Receives the buttons of a feed: run now, pause, go on, send a message again. Back to the page they stand on. */
export async function feedAction({ context, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const said = (name: string) => String(form.get(name) ?? '')
  const what = ['run', 'pause', 'resume'].find((each) => each === said('what')) ?? 'run'
  const feed = `/feeds/${encodeURIComponent(said('feed'))}`
  const message = said('message')
  const path = message === '' ? `${feed}/${what}` : `${feed}/messages/${encodeURIComponent(message)}/replay`
  const answer = await context.get(portalContext).api(path, {
    method: 'POST',
    headers: { 'x-csrf': said('csrf') },
  })
  const page = new URL(request.url).pathname
  if (answer.status === 409) return redirect(`${page}?changed`, 303)
  if (!answer.ok) throw await refusal(answer)
  return redirect(page, 303)
}

/** Sends a form of support on: `undo` names a request that is taken back, else a request is made. */
export function askOrUndo(
  api: (path: string, init?: RequestInit) => Promise<Response>,
  form: FormData,
): Promise<Response> {
  const said = (name: string) => String(form.get(name) ?? '')
  const headers = { 'content-type': 'application/json', 'x-csrf': said('csrf') }
  if (form.has('undo')) {
    return api(`/results/support-requests/${encodeURIComponent(said('undo'))}`, { method: 'DELETE', headers })
  }
  const body = JSON.stringify({
    learner: said('learner'),
    domain: said('domain'),
    reasons: form.getAll('reason').map(String),
  })
  return api('/results/support-requests', { method: 'POST', headers, body })
}

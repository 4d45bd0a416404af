import type { RouterContextProvider } from 'react-router'
import { portalContext } from '../../context.ts'

/** Sends what a form of a page of marking said to the API. */
export function send(
  context: Readonly<RouterContextProvider>,
  path: string,
  form: FormData,
  body: object = {},
): Promise<Response> {
  return context.get(portalContext).api(`/marking${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': String(form.get('csrf') ?? '') },
    body: JSON.stringify(body),
  })
}

/** What a form said; empty where it said nothing. */
export const said = (form: FormData, name: string): string => String(form.get(name) ?? '')

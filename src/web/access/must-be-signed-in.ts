import { type RouterContextProvider, redirect } from 'react-router'
import type { Me } from '#modules/access/model.ts'
import { portalContext } from '../context.ts'
import { query } from '../query.ts'
import { languages, localeOf } from '../text/language.ts'

/** Leads who is not signed in to the sign-in page, from where they come back. @throws a redirect */
export function mustBeSignedIn(context: Readonly<RouterContextProvider>, request: Request): Me {
  const { me } = context.get(portalContext)
  if (me.person) return me
  const { pathname, search } = new URL(request.url)
  const { to } = languages[localeOf(pathname)]
  // The own work is where everybody comes out anyway.
  const back = pathname === to('myWork') ? '' : `?${query({ return: pathname + search })}`
  throw redirect(to('signIn') + back)
}

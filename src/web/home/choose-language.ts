import { type LoaderFunctionArgs, redirect } from 'react-router'

/** `/` leads to the language the reader's browser asks for; Latvian comes first. */
export function loader({ request }: LoaderFunctionArgs) {
  const wished = request.headers.get('accept-language') ?? ''
  const first = wished
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((tag) => tag === 'lv' || tag === 'en')
  return redirect(`/${first ?? 'lv'}`, { headers: { vary: 'Accept-Language' } })
}

/** The API decides by this header whether its cookies may travel unencrypted. */
export function forwarded(request: Request, headers: Record<string, string>): Record<string, string> {
  const scheme = request.headers.get('x-forwarded-proto')
  return scheme ? { ...headers, 'x-forwarded-proto': scheme } : headers
}

/** What the API sets in the browser, handed on by a page. */
export function cookiesOf(answer: Response): Headers {
  const headers = new Headers()
  for (const cookie of answer.headers.getSetCookie()) headers.append('set-cookie', cookie)
  return headers
}

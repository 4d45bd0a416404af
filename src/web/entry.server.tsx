import { renderToString } from 'react-dom/server'
import {
  type ActionFunctionArgs,
  type EntryContext,
  isRouteErrorResponse,
  type RouterContextProvider,
  ServerRouter,
} from 'react-router'
import { portalContext } from './context.ts'

export { portalContext }

/**
 * Draws a page in one go. Pages hold nothing that arrives later, so there is nothing to stream, and the one pass is the
 * cheapest way React offers.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  page: EntryContext,
  context: RouterContextProvider,
): Response {
  headers.set('content-type', 'text/html; charset=utf-8')
  const signedIn = context.get(portalContext).me.person !== null
  if (signedIn) headers.set('cache-control', 'private, no-store')
  headers.append('vary', 'Cookie')
  if (request.method === 'HEAD') return new Response(null, { status, headers })
  const html = renderToString(<ServerRouter context={page} url={request.url} />)
  return new Response(html.startsWith('<!') ? html : `<!DOCTYPE html>${html}`, { status, headers })
}

/** Faults are written down with the request's number; a page that is not there is no fault. */
export function handleError(error: unknown, { context, request }: ActionFunctionArgs): void {
  if (request.signal.aborted || isRouteErrorResponse(error)) return
  const { requestId } = context.get(portalContext)
  console.error(JSON.stringify({ requestId, portal: error instanceof Error ? error.stack : String(error) }))
}

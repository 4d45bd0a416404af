import { createRequestHandler, RouterContextProvider, type ServerBuild } from 'react-router'
import type { PortalContext, portalContext } from './context.ts'

/** Answers a page request. */
export type Portal = (request: Request, context: PortalContext) => Promise<Response>

/**
 * The built portal as a function of a request and its context. `build` is the module `build/server/index.js`; the key of
 * the context comes out of it, because the bundle holds its own copy of `context.ts`.
 */
export function loadPortal(build: ServerBuild): Portal {
  const entry = build.entry.module as typeof build.entry.module & { portalContext: typeof portalContext }
  const handle = createRequestHandler(build, 'production')
  return (request, context) => {
    const provider = new RouterContextProvider()
    provider.set(entry.portalContext, context)
    return handle(request, provider)
  }
}

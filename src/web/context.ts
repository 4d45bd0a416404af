import { createContext } from 'react-router'
import type { Me } from '#modules/access/model.ts'
import type { Config } from '#terms/config.ts'

/** What the server hands to every page request: who asks, what data there are, and the API to ask for the rest. */
export interface PortalContext {
  /** Calls `/api/v1` + path in process: same caller, same request id, same data version. */
  api: (path: string, init?: RequestInit) => Promise<Response>
  me: Me
  config: Config
  requestId: string
}

/** Key of the portal's context. The server reaches it through `loadPortal`, never by import: the built portal has its own copy. */
export const portalContext = createContext<PortalContext>()

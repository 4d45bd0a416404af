import { useMatches, useRouteLoaderData } from 'react-router'
import type { Me } from '#modules/access/model.ts'
import type { Config } from '#terms/config.ts'
import { addresses, type PageKey } from './addresses.ts'

/** What the root loader gives to the shell of every page. */
export interface PortalData {
  me: Me
  config: Config
  requestId: string
}

/** Who is asking and what data there are; undefined only when the root itself failed. */
export function usePortal(): PortalData | undefined {
  return useRouteLoaderData('root')
}

/** Which page is being drawn, and with which parts of its address; page is null on an error page. */
export function usePage(): { page: PageKey | null; params: Record<string, string | undefined> } {
  const last = useMatches().at(-1)
  const page = last?.id.split('.')[1]
  return { page: page && page in addresses ? (page as PageKey) : null, params: last?.params ?? {} }
}

import { useLocation } from 'react-router'

/**
 * Has the browser ask for the page again, without a script. Says the address without what stands behind `#`: with it the
 * browser would only scroll there again.
 */
export function LooksAgain({ seconds }: { seconds: number }) {
  const { pathname, search } = useLocation()
  return <meta httpEquiv="refresh" content={`${seconds}; url=${pathname}${search}`} />
}

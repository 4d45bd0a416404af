import latinExtSans from '@fontsource-variable/source-sans-3/files/source-sans-3-latin-ext-wght-normal.woff2?url'
import latinSans from '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2?url'
import latinSerif from '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2?url'
import type { ReactNode } from 'react'
import { Links, type LoaderFunctionArgs, Outlet, useLocation } from 'react-router'
import { portalContext } from './context.ts'
import { PanelHeight } from './embed/panel-height.tsx'
import { ErrorPage } from './errors/error-page.tsx'
import { Shell } from './parts/shell.tsx'
import ground from './styles/ground.css?url'
import { LanguageProvider, languages, localeOf } from './text/language.ts'

export function loader({ context }: LoaderFunctionArgs) {
  const { me, config, requestId } = context.get(portalContext)
  return { me, config, requestId }
}

/** The document around every page. No page carries scripts: all that is read or sent works as plain HTML. */
export function Layout({ children }: { children: ReactNode }) {
  const { pathname, search } = useLocation()
  const locale = localeOf(pathname)
  const isPanel = pathname.startsWith('/embed/')
  return (
    <html lang={locale}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {/* What a panel leads to opens beside the other system, under the own sign-in. */}
        {isPanel && <base target="_blank" />}
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        {[latinSans, latinExtSans, latinSerif].map((font) => (
          <link key={font} rel="preload" href={font} as="font" type="font/woff2" crossOrigin="anonymous" />
        ))}
        {/* Before the styles of parts and pages: it names the order of the layers. */}
        <link rel="stylesheet" href={ground} />
        <Links />
      </head>
      <body>
        <LanguageProvider value={languages[locale]}>
          <Shell isPanel={isPanel}>{children}</Shell>
        </LanguageProvider>
        {isPanel && <PanelHeight hosts={new URLSearchParams(search).get('hosts') ?? ''} />}
      </body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}

export function ErrorBoundary() {
  return <ErrorPage />
}

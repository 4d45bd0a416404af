import type { ReactNode } from 'react'
import { Links, Outlet, useLocation } from 'react-router'
import './styles/layers.css'

export function Layout({ children }: { children: ReactNode }) {
  const locale = useLocation().pathname.startsWith('/en') ? 'en' : 'lv'
  return (
    <html lang={locale}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Links />
      </head>
      <body>{children}</body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}

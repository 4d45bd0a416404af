import { index, type RouteConfig, route } from '@react-router/dev/routes'
import { locales } from '../terms/locale.ts'
import { addresses, type PageKey } from './addresses.ts'

/** The file that draws each page; the same one serves both languages. */
const files: Partial<Record<PageKey, string>> = {
  home: 'home/home-page.tsx',
}

const pages = locales.flatMap((locale) => [
  ...Object.entries(files).map(([page, file]) =>
    route(`${locale}/${addresses[page as PageKey][locale]}`, file, { id: `${locale}.${page}` }),
  ),
])

export default [
  index('home/choose-language.ts'),
  ...pages,
  route('*', 'errors/not-found.tsx'),
] satisfies RouteConfig

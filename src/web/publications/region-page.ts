import type { LoaderFunctionArgs } from 'react-router'
import { loadUnitPage } from './load-unit-page.ts'

export { UnitPage as default } from './unit-page.tsx'

export function loader(args: LoaderFunctionArgs) {
  return loadUnitPage(args, 'region')
}

import type { LoaderFunctionArgs } from 'react-router'
import { loadUnit } from './load-unit.ts'

export { UnitPage as default } from './unit-page.tsx'

export function loader(args: LoaderFunctionArgs) {
  return loadUnit(args, 'state')
}

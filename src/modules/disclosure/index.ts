/**
 * Disclosure: what may be told to whom without telling it of a single child.
 *
 * reads    nothing of its own accord; the cells handed to it
 * owns     database schema `disclosure`
 * seen by  everybody: the rules are public
 * method   docs/methods/disclosure.md
 */
export type { Audience, ProtectedCell } from './model.ts'
export { Rule } from './model.ts'
export { fromFrozenRelease, type Policy, type Released, release } from './release.ts'
export { disclosureRoutes } from './routes.ts'
export { rulesOn } from './store.ts'

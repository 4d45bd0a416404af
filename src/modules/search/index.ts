/**
 * Search: where is it? Places, indicators, terms, pages, rules and releases, by the words a visitor types.
 *
 * reads    registry (places), publications (releases, the pinned catalogue), disclosure (rules in force); texts of the portal
 *          are handed in
 * owns     no table: an index in the memory of each web process, made anew for each version of the data
 * seen by  everybody alike; it is made from what the public may read, so nobody is found by name
 * method   docs/decisions/0009-search.md
 */
export { find } from './find.ts'
export { searchRoutes } from './routes.ts'
export { indexOf } from './search-index.ts'
export type { PortalTexts } from './things.ts'

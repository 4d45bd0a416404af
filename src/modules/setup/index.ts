/**
 * Setup: what does a new user do with a system in which there is nothing yet?
 *
 * reads    access (people), intake (imports), publications (releases): whether anything is there; jobs (how far it is)
 * owns     database schema `setup` (functions only)
 * seen by  whoever sits at the machine, while nobody else is there
 * method   docs/operations.md, "The first start"
 */
export { hasMadeUpCountry, isFresh } from './demo-store.ts'
export { setupRoutes } from './routes.ts'

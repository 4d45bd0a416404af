/**
 * Worklists: what waits for whoever has signed in, gathered from what other modules found.
 *
 * reads    checks (runs, scores, findings by number), registry (own school, municipality, classes)
 * owns     database schema `worklists`: that a municipality reminded a school
 * seen by  a school: its own; a municipality: how the records of its schools stand; a class teacher: own classes
 * method   docs/checks.md
 */
export { worklistsRoutes } from './routes.ts'

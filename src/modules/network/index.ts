/**
 * Network: what the network of schools is like – size of groups of grades against the criteria of the day, classes, buildings, costs,
 * ways to school.
 *
 * reads    registry, records
 * owns     database schema `network`: sets of criteria as dated data
 * seen by  everybody what tells of schools; what tells of pupils' ways the school itself, and from the municipality up everybody
 * method   docs/methods/school-network.md
 */
export { networkIndicators } from './indicators.ts'

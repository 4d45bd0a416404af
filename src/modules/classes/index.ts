/**
 * Classes: how is one class doing, by the criteria of quality, for whoever answers for it?
 *
 * reads    registry (who is in the class), records (absence, marks, lessons, exams), assessments (monitoring tests)
 * owns     nothing: sums are made by `records.read_class_figures` when they are asked for
 * seen by  class teachers: own classes; school heads: classes of the own school; nobody else, in no cube and no release
 * method   docs/classes.md
 */
export { classRoutes } from './routes.ts'

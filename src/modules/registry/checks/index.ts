import type { Check } from '#modules/checks/index.ts'
import { capacityChecks } from './capacities.ts'
import { classChecks } from './classes.ts'
import { codeChecks } from './codes.ts'
import { enrolmentChecks } from './enrolments.ts'
import { institutionChecks } from './institutions.ts'
import { learnerChecks } from './learners.ts'
import { loadChecks } from './loads.ts'
import { staffChecks } from './staff.ts'

/** Every question asked of the register. */
export const registryChecks: readonly Check[] = [
  ...institutionChecks,
  ...capacityChecks,
  ...classChecks,
  ...learnerChecks,
  ...enrolmentChecks,
  ...staffChecks,
  ...loadChecks,
  ...codeChecks,
]

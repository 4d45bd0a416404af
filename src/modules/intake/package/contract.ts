import type { EntityDefinition } from '#db/entity.ts'
import {
  absences,
  assessments,
  context,
  destinations,
  finance,
  lessons,
  marks,
  population,
  results,
  samplePlans,
  scales,
} from '#modules/records/index.ts'
import {
  classGroups,
  classifierEntries,
  deliverySites,
  employments,
  enrolments,
  founders,
  institutions,
  learners,
  programmes,
  staff,
  territories,
  vacancies,
} from '#modules/registry/index.ts'
import type { Words } from '#terms/locale.ts'
import type { Entity } from '../model.ts'
import { representations } from './representation-entity.ts'

/** Every entity of the import contract, in the order in which files are taken over: what is referred to comes first. */
export const contract: readonly EntityDefinition[] = [
  territories,
  founders,
  institutions,
  deliverySites,
  programmes,
  staff,
  classGroups,
  learners,
  enrolments,
  employments,
  scales,
  assessments,
  results,
  marks,
  absences,
  lessons,
  samplePlans,
  finance,
  vacancies,
  population,
  destinations,
  context,
  classifierEntries,
  representations,
]

/** @throws RangeError for a name the contract does not have */
export function entityOf(name: string): EntityDefinition {
  const found = contract.find((each) => each.name === name)
  if (!found) throw new RangeError(`the contract has no ${name}`)
  return found
}

export function entityWords(entity: Entity): Words {
  return entityOf(entity).words
}

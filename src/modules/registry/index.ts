/**
 * Registry: who learns where, in which territory, over time; and, apart from it, who the learners are.
 *
 * reads    access (scope of the caller), records (results shown beside a name)
 * owns     database schemas `registry` and `identity`
 * seen by  territories and institutions: everybody; enrolments: a school its own; names: a school its own, always audited
 * method   docs/import.md
 */

export { type BorderChange, borderChanges } from './border-changes.ts'
export { takeBoundaries } from './boundaries.ts'
export { BoundariesRefused, mostBytesOfBoundaries } from './boundary-file.ts'
export { boundaryRoutes } from './boundary-routes.ts'
export { currentBoundaryMap } from './boundary-store.ts'
export { registryFigures } from './checks/figures.ts'
export { registryChecks } from './checks/index.ts'
export { KnownClasses, numberInstitutions } from './classes-store.ts'
export { classifierEntries } from './classifiers/entity.ts'
export { codeInWords } from './classifiers/in-words.ts'
export {
  destroyIdentity,
  findFacts,
  findLearnerFacts,
  findTargets,
  type LearnerFacts,
  withdrawFacts,
  withdrawLearnerFacts,
} from './deletions-store.ts'
export { learnerCircumstances, staffVersions } from './descriptions.ts'
export { mergeEnrolments, overlappingEnrolments, withdrawLackingEnrolments } from './enrolments-store.ts'
export {
  classGroups,
  deliverySites,
  employments,
  enrolments,
  founders,
  institutions,
  learners,
  programmes,
  staff,
  territories,
} from './entities.ts'
export { completeFeed } from './feed-store.ts'
export { type Sealer, sealedBy, sealer } from './identity.ts'
export { registryFreeData, registryIndicators } from './indicators.ts'
export { enrolmentLines, isOfGeneral, october, pupils, register } from './indicators-shared.ts'
export {
  changedCodes,
  checkLearners,
  countLearners,
  findLearners,
  prepareLearners,
  recallLearners,
  rememberLearners,
  takeLearners,
} from './learners-store.ts'
export { Institution, NamedLearner, Territory } from './model.ts'
export { learnersOfInstitution } from './named-learners-store.ts'
export { type Placed, type PlaceRegister, placesOn, unitsAround } from './place-tree.ts'
export { placeRegister } from './place-tree-store.ts'
export { type PlacesOfYear, placesOfYears } from './places-of-year.ts'
export { findPlaces, mergePlaces, stateCode, unknownPlaces } from './places-store.ts'
export { registryRoutes } from './routes.ts'
export { searchablePlaces } from './search-store.ts'
export { findStaff, staffByHash, takeStaff } from './staff-store.ts'
export {
  type Finding,
  type Findings,
  type Merged,
  registryStaging,
  stagedCrowded,
  stagedEnrolment,
  stagedInstitution,
  stagedLearner,
  stagedTerritory,
} from './staging.ts'
export { type Look, rowsByLearner } from './staging-store.ts'
export { type DescribedState, takeState } from './state-store.ts'
export {
  institutionByUuid,
  listInstitutions,
  listTerritories,
  territoryByUuid,
} from './store.ts'
export { TilesRefused } from './tile-file.ts'
export { takeTiles } from './tiles.ts'
export { currentTileMap } from './tiles-store.ts'
export { listUnits, theState, type UnitRow, unitPath, unitsById } from './unit-store.ts'
export { vacancies } from './vacancy-entity.ts'

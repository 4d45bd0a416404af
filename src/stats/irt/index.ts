export { calibrate } from './calibrate.ts'
export type {
  Calibration,
  CalibrationInput,
  CoefficientEstimate,
  GroupEstimate,
  ParameterName,
  Warning,
  WarningCode,
} from './calibration.ts'
export type {
  GuessingPrior,
  Item,
  ItemErrors,
  ItemEstimate,
  ItemModel,
  ItemParameters,
  KnownItem,
} from './item.ts'

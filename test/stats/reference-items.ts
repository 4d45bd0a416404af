import type { DifData } from '#stats/classical/dif-tables.ts'
import { type ScoreMatrix, scoreMatrix } from '#stats/classical/score-matrix.ts'
import { referenceColumns } from '../setup/reference.ts'

const NOT_ITEMS = ['id', 'Gender', 'Anger']

/** The items of a reference file, every column but identifiers and covariates. */
export function referenceItems(path: string): ScoreMatrix {
  const columns = Object.entries(referenceColumns(path)).filter(([name]) => !NOT_ITEMS.includes(name))
  return scoreMatrix(columns[0]![1].map((_, person) => columns.map(([, values]) => Number(values[person]))))
}

/** Answers of a folder as 0/1 (above 0 counts as 1), men as focal group. */
export function answersByGender(folder: string): DifData {
  const { persons, items, scores } = referenceItems(`${folder}/data.csv`)
  const gender = referenceColumns(`${folder}/data.csv`).Gender!
  return {
    answers: { persons, items, scores: Float64Array.from(scores, (x) => (x > 0 ? 1 : 0)) },
    focal: gender.map((g) => (g === 'M' || g === '1' ? 1 : 0)),
  }
}

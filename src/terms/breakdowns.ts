/** An attribute of learners by which figures are broken down, and what holds for it wherever it stands. */
export interface LearnerBreakdown {
  /** which disclosure rule holds for its parts beside that of the indicator; null: none beside */
  topic: string | null
  /** without this linkage of data it is not known of anybody; null: it comes with the records */
  linkage: string | null
  /**
   * its parts are told of territories only: in most schools so few learners would stand behind one that the municipality, which reads
   * the figures of its schools unprotected, would read of a single child
   */
  ofTerritories: boolean
}

/** By name of the breakdown and of the column of facts. */
export const learnerBreakdowns: Readonly<Record<string, LearnerBreakdown>> = {
  sex: { topic: null, linkage: null, ofTerritories: false },
  language: { topic: null, linkage: null, ofTerritories: true },
  special_needs: { topic: 'special_needs', linkage: null, ofTerritories: true },
  context: { topic: 'income', linkage: 'context', ofTerritories: true },
}

/** Breakdowns that have no figures of a single school. */
export const ofTerritoriesOnly: readonly string[] = Object.keys(learnerBreakdowns).filter(
  (name) => learnerBreakdowns[name]!.ofTerritories,
)

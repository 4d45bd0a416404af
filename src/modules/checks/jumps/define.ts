import type { Words } from '#terms/locale.ts'

/**
 * A figure of institutions, worked out of the records themselves, that is watched for sudden changes. It is not published and is no
 * indicator: it only says where somebody should look into the source.
 */
export interface WatchedFigure {
  /** stable; stands in the bank */
  readonly code: string
  readonly title: Words
  readonly unit: 'count' | 'number' | 'share' | 'euro'
  /** screen and field of the source where a mistake behind it is most often found */
  readonly where: Words
  /** added before logarithms are taken, where the figure may be zero */
  readonly offset: number
  /** fewest people behind the figure in a year; fewer and the year is left out */
  readonly fewest: number
  /** whether a figure far from those of like institutions is told, too: size is no mistake */
  readonly isComparable: boolean
  /** SQL: institution_id, school_year, value (finite, above −offset), n (people); `$1` is the latest school year */
  readonly records: string
}

import type { SeriesPoint } from '#modules/publications/model.ts'

/** The last years that can stand on one axis: after the last change of scale or formula. */
export function comparable<Point extends Pick<SeriesPoint, 'breaks'>>(points: readonly Point[]): Point[] {
  const since = points.findLastIndex(({ breaks }) => breaks.includes('scale') || breaks.includes('formula'))
  return points.slice(Math.max(0, since))
}

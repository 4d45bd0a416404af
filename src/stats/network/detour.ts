/**
 * How a straight line becomes a journey. All three are measured or agreed by the caller; good starting
 * values for a detour are 1.25 in a city, 1.30 in a town and 1.40 in the country.
 */
export interface Travel {
  /** length of the road ÷ length of the straight line; at least 1 */
  readonly detour: number
  /** km per hour; above 0 */
  readonly speed: number
  /** minutes of waiting and changing, added once; 0 or more; default 0 */
  readonly waiting?: number
}

/**
 * Estimated road distance and time for a straight-line distance, where no routing service answers.
 *
 * @param straight  km as the crow flies, 0 or more
 * @returns         km along the road and minutes from door to door; 0 km takes 0 minutes of waiting too
 * @throws          RangeError if the distance is negative, the detour below 1 or the speed not above 0
 * @example         journey(20, { detour: 1.4, speed: 56 }) // { km: 28, minutes: 30 }
 */
export function journey(straight: number, { detour, speed, waiting = 0 }: Travel) {
  if (!(straight >= 0 && straight < Infinity))
    throw new RangeError('journey requires a distance of 0 km or more')
  if (
    !(detour >= 1 && detour < Infinity && speed > 0 && speed < Infinity && waiting >= 0 && waiting < Infinity)
  ) {
    throw new RangeError('journey requires a detour of 1 or more, a speed above 0 and waiting of 0 or more')
  }
  const km = straight * detour
  return { km, minutes: straight === 0 ? 0 : (km / speed) * 60 + waiting }
}

/**
 * The detour factor of an area from pairs whose road distance is known: the median of road ÷ straight
 * line, with the error of using it instead of the road.
 *
 * @param straight  km as the crow flies, one per pair, above 0
 * @param road      km along the road, same length, at least the straight line (up to 1 % less is read as
 *                  rounding or a place snapped to the road)
 * @returns         detour (at least 1), mean absolute percentage error of straight × detour (0–1), n pairs
 * @throws          RangeError if there is no pair or a pair is impossible
 */
export function calibrateDetour(straight: ArrayLike<number>, road: ArrayLike<number>) {
  const n = straight.length
  if (n === 0 || road.length !== n) {
    throw new RangeError(
      'calibrateDetour requires one road distance for every straight one, at least one pair',
    )
  }
  const ratios = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const ratio = road[i]! / straight[i]!
    if (!(straight[i]! > 0) || !(ratio >= 0.99 && ratio < Infinity)) {
      throw new RangeError(
        'calibrateDetour requires straight distances above 0 and roads no shorter than them',
      )
    }
    ratios[i] = ratio
  }
  ratios.sort()
  const middle = (n - 1) / 2
  const detour = Math.max(1, (ratios[Math.floor(middle)]! + ratios[Math.ceil(middle)]!) / 2)
  let error = 0
  for (let i = 0; i < n; i++) error += Math.abs((straight[i]! * detour) / road[i]! - 1)
  return { detour, error: error / n, n }
}

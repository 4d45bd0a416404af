import type { Indicator } from '#modules/indicators/model.ts'
import type { Language } from '../text/language.ts'
import type { Scale } from './scale.ts'

/** Numbers of an axis: shares per cent, everything else plain, with as many decimals as tell them apart. */
export function tickWriter(
  { decimals }: Scale,
  unit: Indicator['unit'],
  { share, number }: Language,
): (x: number) => string {
  return unit === 'share' ? (x) => share(x, Math.max(0, decimals - 2)) : (x) => number(x, decimals)
}

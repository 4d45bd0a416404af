const NBSP = '\u00a0'

/**
 * How long something took, in the two largest units that say it: „12 s”, „3 min 5 s”, „1 h 2 min”. The signs of the units
 * are the same in both languages.
 *
 * @param ms  0 or more
 */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const [h, min, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const parts: [number, string][] =
    h > 0
      ? [
          [h, 'h'],
          [min, 'min'],
        ]
      : [
          [min, 'min'],
          [s, 's'],
        ]
  const said = parts.filter(([n]) => n > 0)
  return (said.length > 0 ? said : [[seconds, 's']]).map(([n, unit]) => `${n}${NBSP}${unit}`).join(' ')
}

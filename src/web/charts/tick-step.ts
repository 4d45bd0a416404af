/** The smallest round step (1, 2, 2.5 or 5 times a power of ten) that covers `span` in at most `most` steps. */
export function tickStep(span: number, most: number): number {
  if (!(span > 0) || !(most >= 1))
    throw new RangeError('tickStep requires a positive span and at least one step')
  const power = 10 ** Math.floor(Math.log10(span / most))
  const steps = [1, 2, 2.5, 5, 10, 20].map((times) => times * power)
  return steps.find((step) => span / step <= most + 1e-9)!
}

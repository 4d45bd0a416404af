/** Where a root or minimum on the line was found; `converged` false: the bound on iterations was hit. */
export interface Point {
  readonly x: number
  readonly value: number
  readonly iterations: number
  readonly converged: boolean
}

interface Options {
  /** absolute, in x */
  readonly tolerance?: number
  readonly maximumIterations?: number
}

/**
 * Root of a continuous function between two points where its signs differ.
 *
 * @throws RangeError if the ends are not finite, the signs agree or a value is not a number
 * @see    Brent (1973), Algorithms for Minimization without Derivatives, ch. 4
 */
export function brentRoot(
  f: (x: number) => number,
  low: number,
  high: number,
  { tolerance = 1e-12, maximumIterations = 200 }: Options = {},
): Point {
  let a = low
  let b = high
  let fa = evaluate(f, a, 'brentRoot')
  let fb = evaluate(f, b, 'brentRoot')
  if (fa * fb > 0 || !Number.isFinite(low) || !Number.isFinite(high)) {
    throw new RangeError('brentRoot requires finite ends at which the function has different signs')
  }
  let c = a
  let fc = fa
  let d = b - a
  let e = d
  for (let iterations = 0; iterations < maximumIterations; iterations++) {
    if (fb > 0 === fc > 0) {
      c = a
      fc = fa
      d = b - a
      e = d
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      a = b
      b = c
      c = a
      fa = fb
      fb = fc
      fc = fa
    }
    const close = 2 * Number.EPSILON * Math.abs(b) + 0.5 * tolerance
    const middle = 0.5 * (c - b)
    if (Math.abs(middle) <= close || fb === 0) return { x: b, value: fb, iterations, converged: true }
    if (Math.abs(e) >= close && Math.abs(fa) > Math.abs(fb)) {
      const step = interpolated(a, b, c, fa, fb, fc)
      if (2 * step.p < Math.min(3 * middle * step.q - Math.abs(close * step.q), Math.abs(e * step.q))) {
        e = d
        d = step.p / step.q
      } else {
        d = middle
        e = d
      }
    } else {
      d = middle
      e = d
    }
    a = b
    fa = fb
    b += Math.abs(d) > close ? d : middle > 0 ? close : -close
    fb = evaluate(f, b, 'brentRoot')
  }
  return { x: b, value: fb, iterations: maximumIterations, converged: false }
}

/** Secant or inverse quadratic step as a fraction p / q with p ≥ 0. */
function interpolated(a: number, b: number, c: number, fa: number, fb: number, fc: number) {
  const s = fb / fa
  let p: number
  let q: number
  if (a === c) {
    p = (c - b) * s
    q = 1 - s
  } else {
    const t = fa / fc
    const r = fb / fc
    p = s * ((c - b) * t * (t - r) - (b - a) * (r - 1))
    q = (t - 1) * (r - 1) * (s - 1)
  }
  return p > 0 ? { p, q: -q } : { p: -p, q }
}

/**
 * Minimum of a function on an interval, without derivatives; of several minima it finds one.
 *
 * @throws RangeError if the interval is empty or not finite, or a value is not a number
 * @see    Brent (1973), ch. 5
 */
export function brentMinimise(
  f: (x: number) => number,
  low: number,
  high: number,
  { tolerance = 1e-9, maximumIterations = 500 }: Options = {},
): Point {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low <= high)) {
    throw new RangeError('brentMinimise requires finite ends, low not above high')
  }
  const golden = (3 - Math.sqrt(5)) / 2
  let [a, b] = [low, high]
  let x = a + golden * (b - a)
  let fx = evaluate(f, x, 'brentMinimise')
  let [w, fw, v, fv] = [x, fx, x, fx]
  let d = 0
  let e = 0
  for (let iterations = 0; iterations < maximumIterations; iterations++) {
    const middle = (a + b) / 2
    const close = 1.5e-8 * Math.abs(x) + tolerance / 3
    if (Math.abs(x - middle) <= 2 * close - (b - a) / 2) return { x, value: fx, iterations, converged: true }
    let parabola = false
    if (Math.abs(e) > close) {
      const r = (x - w) * (fx - fv)
      let q = (x - v) * (fx - fw)
      let p = (x - v) * q - (x - w) * r
      q = 2 * (q - r)
      if (q > 0) p = -p
      else q = -q
      if (Math.abs(p) < Math.abs(0.5 * q * e) && p > q * (a - x) && p < q * (b - x)) {
        e = d
        d = p / q
        const u = x + d
        if (u - a < 2 * close || b - u < 2 * close) d = x < middle ? close : -close
        parabola = true
      }
    }
    if (!parabola) {
      e = x < middle ? b - x : a - x
      d = golden * e
    }
    const u = x + (Math.abs(d) >= close ? d : d > 0 ? close : -close)
    const fu = evaluate(f, u, 'brentMinimise')
    if (fu <= fx) {
      if (u < x) b = x
      else a = x
      ;[v, fv, w, fw, x, fx] = [w, fw, x, fx, u, fu]
    } else {
      if (u < x) a = u
      else b = u
      if (fu <= fw || w === x) [v, fv, w, fw] = [w, fw, u, fu]
      else if (fu <= fv || v === x || v === w) [v, fv] = [u, fu]
    }
  }
  return { x, value: fx, iterations: maximumIterations, converged: false }
}

function evaluate(f: (x: number) => number, x: number, what: string): number {
  const value = f(x)
  if (Number.isNaN(value))
    throw new RangeError(`${what} requires a function that is defined throughout, not NaN at ${x}`)
  return value
}

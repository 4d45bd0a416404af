import { Problem } from './problem.ts'
import type { Api } from './route.ts'

/** For every path of an API, after its routes: any other method is refused with those that are allowed. */
export function refuseOtherMethods(api: Api): void {
  const allowed = new Map<string, Set<string>>()
  for (const { path, method } of api.routes) {
    if (method === 'ALL') continue
    const methods = allowed.get(path) ?? new Set()
    allowed.set(path, methods.add(method))
    if (method === 'GET') methods.add('HEAD')
  }
  for (const [path, methods] of allowed) {
    const allow = [...methods].sort().join(', ')
    api.all(path, () => {
      throw new Problem('method_not_allowed', { headers: { allow } })
    })
  }
}

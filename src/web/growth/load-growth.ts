import type { LoaderFunctionArgs } from 'react-router'
import { SchoolGrowth } from '#modules/growth/model.ts'
import { portalContext } from '../context.ts'
import { read } from '../read.ts'

/** Growth of a school for whoever answers for it; null for everybody else, who is not told of single schools. */
export async function loadGrowth(
  context: LoaderFunctionArgs['context'],
  school: string,
): Promise<SchoolGrowth | null> {
  const { api, me } = context.get(portalContext)
  if (me.person === null) return null
  const path = `/growth/schools/${school}`
  return (await api(path)).ok ? read(context, path, SchoolGrowth) : null
}

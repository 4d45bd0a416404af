import type { ActionFunctionArgs } from 'react-router'
import { redirect } from 'react-router'
import { portalContext } from '../../context.ts'
import { type Problem, refusal } from '../../read.ts'

/**
 * Sends what a form says to the API and leads back to the page; a refusal that names a field is told on the page.
 *
 * @throws a route error for any other refusal
 */
export async function post(
  { context }: Pick<ActionFunctionArgs, 'context'>,
  path: string,
  csrf: string,
  body: object,
  back: (answer: unknown) => string,
): Promise<Response | { refused: string }> {
  const answer = await context.get(portalContext).api(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': csrf },
    body: JSON.stringify(body),
  })
  if (answer.ok) return redirect(back(await answer.json()), 303)
  const problem = (await answer.clone().json()) as Problem & { errors?: { message: string }[] }
  const said = problem.errors?.[0]?.message
  if ((answer.status === 400 || answer.status === 409) && said) return { refused: said }
  throw await refusal(answer)
}

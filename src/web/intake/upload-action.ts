import { type ActionFunctionArgs, data, redirect } from 'react-router'
import { KeptMapping } from '#modules/intake/model.ts'
import { portalContext } from '../context.ts'
import { query } from '../query.ts'
import { type Problem, refusal } from '../read.ts'
import { languages, localeOf } from '../text/language.ts'

/** What came of a form that was refused. */
export interface RefusedUploadForm {
  fault: string | null
  mappingFault: string | null
  /** the mapping as it was typed */
  typed: string
}

/** Receives the forms of an upload's page: keep a mapping, check, import, cancel, destroy. */
export async function uploadAction({ context, request, params }: ActionFunctionArgs) {
  const locale = localeOf(new URL(request.url).pathname)
  const { t, to } = languages[locale]
  const form = await request.formData()
  const said = (name: string) => String(form.get(name) ?? '')
  const id = encodeURIComponent(params.id!)
  const page = to('upload', { id: params.id })
  const ask = (path: string, method: 'POST' | 'DELETE', body?: object) =>
    context.get(portalContext).api(path, {
      method,
      headers: { 'content-type': 'application/json', 'x-csrf': said('csrf'), 'accept-language': locale },
      ...(body && { body: JSON.stringify(body) }),
    })
  const refused = (given: Partial<RefusedUploadForm>, status = 400) =>
    data({ fault: null, mappingFault: null, typed: said('json'), ...given } satisfies RefusedUploadForm, {
      status,
    })

  switch (said('what')) {
    case 'keep': {
      const mapping = objectOf(said('json'))
      if (!mapping) return refused({ mappingFault: t('upload.notJson') })
      const answer = await ask('/mappings', 'POST', { mapping })
      if (answer.ok)
        return redirect(`${page}?${query({ mapping: KeptMapping.parse(await answer.json()).id })}#rows`, 303)
      if (answer.status !== 400) throw await refusal(answer)
      return refused({ mappingFault: await faultOf(answer) })
    }
    case 'check':
    case 'import': {
      const answer = await ask(`/uploads/${id}/import`, 'POST', {
        mapping: said('mapping') || null,
        dryRun: said('what') === 'check',
      })
      if (answer.ok) return redirect(said('again') ? `${page}?again` : page, 303)
      if (answer.status === 409) return refused({ fault: t('upload.changed') }, 409)
      if (answer.status !== 400) throw await refusal(answer)
      return refused({ fault: await faultOf(answer) })
    }
    case 'cancel': {
      const answer = await ask(`/jobs/${encodeURIComponent(said('job'))}/cancel`, 'POST')
      if (answer.ok || answer.status === 409) return redirect(page, 303)
      throw await refusal(answer)
    }
    default: {
      const answer = await ask(`/uploads/${id}`, 'DELETE')
      if (answer.ok) return redirect(to('imports'), 303)
      if (answer.status === 409) return refused({ fault: t('upload.changed') }, 409)
      throw await refusal(answer)
    }
  }
}

/** The first fault of a field, in the language asked for. */
async function faultOf(answer: Response): Promise<string> {
  const { errors, detail } = (await answer.json()) as Problem & { errors?: { message: string }[] }
  return errors?.[0]?.message ?? detail ?? ''
}

function objectOf(text: string): object | null {
  try {
    const parsed: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : null
  } catch {
    return null
  }
}

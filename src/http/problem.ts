import { z } from 'zod'
import type { Locale, Words } from '#terms/locale.ts'

/**
 * Every refusal the system can give, with its status and what to tell: what happened, and what to do. A refusal is not a
 * bug: a bug is an exception and becomes `internal`.
 */
export const problems = {
  not_found: {
    status: 404,
    title: { lv: 'Tādas lapas vai ieraksta nav', en: 'There is no such page or record' },
    todo: {
      lv: 'Pārbaudiet adresi vai meklējiet pēc nosaukuma.',
      en: 'Check the address, or search by name.',
    },
  },
  invalid_request: {
    status: 400,
    title: { lv: 'Pieprasījumā ir kļūda', en: 'The request has a mistake' },
    todo: {
      lv: 'Izlabojiet nosaukto lauku un mēģiniet vēlreiz.',
      en: 'Correct the named field and try again.',
    },
  },
  unauthenticated: {
    status: 401,
    title: { lv: 'Vispirms jāienāk sistēmā', en: 'Please sign in first' },
    todo: { lv: 'Ienāciet un atkārtojiet darbību.', en: 'Sign in and repeat the step.' },
  },
  wrong_csrf: {
    status: 403,
    title: { lv: 'Veidlapa ir novecojusi', en: 'The form is out of date' },
    todo: {
      lv: 'Atveriet lapu no jauna un nosūtiet vēlreiz; nekas nav mainīts.',
      en: 'Open the page again and resend; nothing was changed.',
    },
  },
  demo_refused: {
    status: 403,
    title: { lv: 'Demonstrācijas lietotāju te nav', en: 'There are no demo people here' },
    todo: {
      lv: 'Demonstrācijas lietotāji ir tikai sistēmā ar izdomātiem datiem.',
      en: 'Demo people exist only where the data are made up.',
    },
  },
  wrong_state: {
    status: 409,
    title: { lv: 'Tas pašlaik vairs nav iespējams', en: 'This is not possible any more' },
    todo: {
      lv: 'Atveriet lapu no jauna: kopš tās atvēršanas kaut kas ir mainījies.',
      en: 'Open the page again: something has changed since it was opened.',
    },
  },
  no_sitting: {
    status: 401,
    title: { lv: 'Vispirms jāievada darba kods', en: 'Please enter the code of the test first' },
    todo: { lv: 'Ievadiet kodu no lapiņas.', en: 'Enter the code from your slip.' },
  },
  code_unknown: {
    status: 404,
    title: { lv: 'Šāda koda nav', en: 'There is no such code' },
    todo: { lv: 'Pārbaudiet katru burtu un ciparu.', en: 'Check every letter and digit.' },
  },
  session_not_open: {
    status: 409,
    title: { lv: 'Darbs pašlaik nav atvērts', en: 'The test is not open right now' },
    todo: {
      lv: 'Sagaidiet, kad darba vadītājs to atver, un ievadiet kodu vēlreiz.',
      en: 'Wait until whoever leads the session opens it, and enter the code again.',
    },
  },
  sitting_not_begun: {
    status: 409,
    title: { lv: 'Darbs vēl nav sācies', en: 'The test has not begun' },
    todo: { lv: 'Pagaidiet, kad to sāks.', en: 'Wait until it is started.' },
  },
  sitting_over: {
    status: 409,
    title: { lv: 'Darbs ir beidzies', en: 'The test is over' },
    todo: {
      lv: 'Tas, kas saglabāts laikā, ir drošībā; vēlāk sūtītais ir atlikts atsevišķi.',
      en: 'What was saved in time is safe; what came later was put aside.',
    },
  },
  sitting_elsewhere: {
    status: 409,
    title: { lv: 'Darbs turpinās citā ierīcē', en: 'The work goes on at another device' },
    todo: { lv: 'Lai turpinātu šeit, ievadiet kodu vēlreiz.', en: 'To go on here, enter the code again.' },
  },
  answer_stale: {
    status: 409,
    title: { lv: 'Saglabāta ir jaunāka atbilde', en: 'A newer answer is saved' },
    todo: {
      lv: 'Atveriet uzdevumu no jauna: saglabātā atbilde nav mainīta.',
      en: 'Open the item again: the saved answer was not changed.',
    },
  },
  too_large: {
    status: 413,
    title: { lv: 'Nosūtīts pārāk daudz', en: 'Too much was sent' },
    todo: { lv: 'Sūtiet ne vairāk kā atļauto apjomu.', en: 'Send no more than the limit.' },
  },
  address_too_long: {
    status: 414,
    title: { lv: 'Adrese ir pārāk gara', en: 'The address is too long' },
    todo: { lv: 'Saīsiniet vaicājumu.', en: 'Shorten the question.' },
  },
  wrong_content_type: {
    status: 415,
    title: { lv: 'Tādā formātā nosūtīto nesaprotam', en: 'What was sent is in a format we do not read' },
    todo: { lv: 'Sūtiet JSON (application/json).', en: 'Send JSON (application/json).' },
  },
  method_not_allowed: {
    status: 405,
    title: { lv: 'Tā te darīt nevar', en: 'This cannot be done here' },
    todo: { lv: 'Skatiet /api/v1/openapi.json.', en: 'See /api/v1/openapi.json.' },
  },
  rate_limited: {
    status: 429,
    title: { lv: 'Pārāk daudz pieprasījumu', en: 'Too many requests' },
    todo: { lv: 'Pagaidiet, cik norādīts, un turpiniet.', en: 'Wait as long as stated and go on.' },
  },
  busy: {
    status: 503,
    title: { lv: 'Sistēma pašlaik ir pārslogota', en: 'The system is too busy right now' },
    todo: { lv: 'Mēģiniet pēc brīža; nekas nav zudis.', en: 'Try again in a moment; nothing was lost.' },
  },
  no_pdf: {
    status: 503,
    title: { lv: 'PDF šeit pašlaik nevar sagatavot', en: 'A PDF cannot be made here right now' },
    todo: {
      lv: 'Izdrukājiet lapu vai lejupielādējiet JSON; tajos ir tas pats.',
      en: 'Print the page, or download the JSON: they say the same.',
    },
  },
  internal: {
    status: 500,
    title: { lv: 'Sistēmā radās kļūda', en: 'Something went wrong on our side' },
    todo: {
      lv: 'Nekas nav zudis. Mēģiniet vēlreiz; ja atkārtojas, nosūtiet pieprasījuma numuru palīdzības dienestam.',
      en: 'Nothing was lost. Try again; if it repeats, send the request number to the help desk.',
    },
  },
} as const satisfies Record<string, { status: number; title: Words; todo: Words }>

export type ProblemCode = keyof typeof problems

/** What a refused request gets (RFC 9457). */
export const ProblemBody = z
  .object({
    type: z.string().describe('stable address of the kind of problem'),
    code: z.string().describe('stable code, e.g. not_found'),
    status: z.number().int(),
    title: z.string().describe('what happened, in the language asked for'),
    detail: z.string().describe('what to do'),
    requestId: z.string(),
    errors: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .describe('fields that are wrong'),
  })
  .meta({ id: 'Problem' })
export type ProblemBody = z.infer<typeof ProblemBody>

/** What is wrong with one field of a request; never quotes what was sent. */
export interface FieldFault {
  field: string
  fault: Words
}

/** A refusal. Thrown where it is noticed, answered in one place. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly errors: readonly FieldFault[] | undefined
  readonly retryAfter: number | undefined
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: ProblemCode,
    more: {
      errors?: readonly FieldFault[]
      /** seconds to wait */
      retryAfter?: number
      headers?: Record<string, string>
    } = {},
  ) {
    // It is no bug: nobody reads where it was thrown, and finding out costs more than the refusal itself.
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super(code)
    Error.stackTraceLimit = stackTraceLimit
    this.name = 'Problem'
    this.code = code
    this.errors = more.errors
    this.retryAfter = more.retryAfter
    this.headers = more.headers ?? {}
  }

  body(locale: Locale, requestId: string): ProblemBody {
    const { status, title, todo } = problems[this.code]
    return {
      type: `urn:ikms:problem:${this.code}`,
      code: this.code,
      status,
      title: title[locale],
      detail: todo[locale],
      requestId,
      ...(this.errors && {
        errors: this.errors.map(({ field, fault }) => ({ field, message: fault[locale] })),
      }),
    }
  }
}

import { z } from 'zod'
import { Id } from '../content/body.ts'
import { Place } from '../content/item.ts'

/** What a form is to be like, as people say it. */

const rising = <Limits extends { least: number; most: number }>({ least, most }: Limits) => least <= most
const disorder = 'the most is below the least'
const Limits = z
  .object({ least: z.number().int().min(0).max(1000), most: z.number().int().min(0).max(1000) })
  .refine(rising, disorder)
const share = z.number().min(0).max(1)
const Share = z.object({ least: share, most: share })
const Code = z.string().regex(/^[A-Z0-9][A-Z0-9-]{2,31}$/)

export const AssemblyPlan = z
  .object({
    domain: Place.shape.domain,
    grade: z.number().int().min(1).max(9),
    items: Limits.refine(({ most }) => most >= 1 && most <= 80, 'a form has from 1 to 80 items'),
    points: Limits,
    minutes: Limits.refine(({ most }) => most >= 1 && most <= 300, 'a test takes from 1 to 300 minutes'),
    strands: z.record(Id, Share.refine(rising, disorder)).describe('shares of the points of the form, 0–1'),
    processes: z.record(Id, Share.refine(rising, disorder)),
    cells: z
      .array(Share.extend({ strand: Id, process: Id }).refine(rising, disorder))
      .max(200)
      .default([])
      .describe('of a strand and a process together'),
    anchors: Limits,
    anchorForm: z
      .uuid()
      .nullable()
      .default(null)
      .describe('items of this form link the two; null: there are no anchors'),
    cuts: z
      .array(z.number().min(0).max(2000))
      .min(1)
      .max(5)
      .describe('points of the scale at which the form is to tell most'),
    error: z
      .number()
      .min(1)
      .max(500)
      .nullable()
      .default(null)
      .describe('standard error aimed at there, points; an aim, not a demand'),
    mostExposure: share.default(1).describe('of the fixed forms so far; an item in more is not taken'),
    wear: z
      .number()
      .min(0)
      .max(100)
      .default(0.1)
      .describe('what an item of every form costs, in its unit of information'),
    apart: z.array(z.array(Code).min(2).max(20)).max(100).default([]).describe('one of each at most'),
    always: z.array(Code).max(80).default([]),
    never: z.array(Code).max(500).default([]),
  })
  .meta({ id: 'AssemblyPlan' })
export type AssemblyPlan = z.infer<typeof AssemblyPlan>

import type { Definition } from '#modules/indicators/define.ts'
import { attendanceIndicators } from './indicators-attendance.ts'
import { examIndicators } from './indicators-exams.ts'
import { lessonIndicators } from './indicators-lessons.ts'
import { markIndicators } from './indicators-marks.ts'
import { monitoringIndicators } from './indicators-monitoring.ts'
import { testIndicators } from './indicators-tests.ts'

/** What is told of records, in the order in which readers meet it. */
export const recordsIndicators: readonly Definition[] = [
  ...monitoringIndicators,
  ...examIndicators,
  ...markIndicators,
  ...testIndicators,
  ...lessonIndicators,
  ...attendanceIndicators,
]

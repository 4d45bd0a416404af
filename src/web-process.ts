/** What the supervisor and its web processes have agreed on. */

/** Variable of the environment that tells a web process where the database is. */
export const placeVariable = 'IKMS_PLACE'

/** Exit codes by which a web process says that its port is taken, and that it may not listen for another reason. */
export const PORT_TAKEN = 98
export const CANNOT_LISTEN = 97

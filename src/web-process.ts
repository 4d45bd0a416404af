/** What the supervisor and its web processes have agreed on. */

/** Variable of the environment that tells a web process where the database is. */
export const placeVariable = 'IKMS_PLACE'

/** Variable that tells the jobs process to refuse real data: set where the database runs as an account it shares. */
export const noRealDataVariable = 'IKMS_NO_REAL_DATA'

/** Variable that tells the web processes that this is somebody's own system: its database is embedded. */
export const offersDemoVariable = 'IKMS_OFFERS_DEMO'

/** Exit codes by which a web process says that its port is taken, and that it may not listen for another reason. */
export const PORT_TAKEN = 98
export const CANNOT_LISTEN = 97

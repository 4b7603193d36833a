/** What stands still and can be told to go on. */
export const WORK_KINDS = ['sync', 'delivery', 'task', 'deletion', 'notice', 'transfer'] as const
export type WorkKind = (typeof WORK_KINDS)[number]

import 'server-only'
import type { Person } from '../../domain/actor'
import * as DataService from '../data'

/** Notes that the person is looking at their transactions, so that the next visit can tell what is new. */
export const noteVisit = (person: Person): Promise<void> => DataService.recordVisit(person)

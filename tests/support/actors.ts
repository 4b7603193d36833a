/** Actors for tests that do not sign in, created by AuthService's own constructors. */
export { adminActor, userActor } from '@/lib/services/clerk/actor'

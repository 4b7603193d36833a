import type { AdminActor, UserActor } from '@/lib/domain/users/actor'
import { AuthService } from '@/lib/services'
import { userActor } from '@/tests/support/actors'
import type { World } from '@/tests/support/world'

/** Admins with a verified second factor, and the emulator controls of a user. */
export function adminHelpers(world: () => World) {
  const press = (userId: string, act: string) =>
    world().control('clerk', `/users/${userId}/${act}`, {})
  /** The user in a current session whose second factor was verified the given minutes ago. */
  async function withSecond({ userId }: UserActor, second: number | null = 0): Promise<UserActor> {
    const { users } = (await world().control('clerk', '/ledger')) as {
      users: { id: string; email: string }[]
    }
    const email = users.find(({ id }) => id === userId)?.email
    const { sessionId } = (await world().control('clerk', '/sign-in', {
      email,
      origin: 'http://localhost:3000',
      second_factor: true
    })) as { sessionId: string }
    return userActor(userId, sessionId, { firstFactorAge: 0, secondFactorAge: second })
  }
  async function newAdmin(): Promise<AdminActor> {
    const user = await world().createUser()
    await press(user.userId, 'make-admin')
    return AuthService.requireAdmin(await withSecond(user))
  }
  return { press, withSecond, newAdmin }
}

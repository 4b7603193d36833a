/** Faults in the accessibility tree of a page, as a WebDriver browser computed it. */
import { type ElementId, type Screen, until } from '@/tests/e2e/browsers/screen'
import { ELEMENT } from '@/tests/e2e/browsers/webdriver'

type Part = { element: ElementId; html: string; expected: string | null }
type Parts = Record<'named' | 'headings' | 'landmarks' | 'live', Part[]> & {
  levels: number[]
  frames: string[]
  nested: string[]
  modal: boolean
}

/** The elements that a screen reader reaches. An open modal dialog hides the rest of the page. */
const PARTS = `
  const modal = document.querySelector('dialog:modal')
  const reachable = (one) => (!modal || modal.contains(one)) &&
    !one.closest('[aria-hidden="true"], [inert]') && one.checkVisibility({ visibilityProperty: true })
  const list = (selector, expected = null) => [...document.querySelectorAll(selector)]
    .filter(reachable).map((element) => ({ element, html: element.outerHTML.slice(0, 160), expected }))
  const fields = 'input:not([type=hidden]), select, textarea'
  const headings = list('h1, h2, h3, h4, h5, h6', 'heading')
  const regions = list('section[aria-labelledby], section[aria-label]', 'region')
  return {
    named: list('a[href], button, summary, img:not([alt=""]), ' + fields),
    headings,
    landmarks: modal ? [] : [...list('main', 'main'), ...list('nav', 'navigation'), ...regions],
    live: [...list('[role=status]', 'status'), ...list('[role=alert]', 'alert')],
    levels: headings.map(({ element }) => Number(element.tagName[1])),
    frames: list('iframe:not([title])').map(({ html }) => html),
    nested: list(':is([role=status], [role=alert]) :is([role=status], [role=alert])')
      .map(({ html }) => html),
    modal: Boolean(modal)
  }`

/** Reads again while the page replaces elements. */
export async function treeFaults(screen: Screen): Promise<string[]> {
  return until('an accessibility tree that stays', () => readFaults(screen))
}

async function readFaults(screen: Screen): Promise<string[]> {
  const parts = await screen.run<Parts>(PARTS)
  const faults = [
    ...parts.frames.map((html) => `frame without a title: ${html}`),
    ...parts.nested.map((html) => `live region inside another: ${html}`),
    ...parts.levels
      .filter((level, n) => n > 0 && level > (parts.levels[n - 1] ?? 0) + 1)
      .map((level) => `a heading jumps to level ${level}`)
  ]
  const mains = parts.landmarks.filter(({ expected }) => expected === 'main').length
  if (!parts.modal && !parts.levels.includes(1)) faults.push('no heading of level 1')
  if (!parts.modal && mains !== 1) faults.push(`${mains} main landmarks`)
  for (const part of [...parts.named, ...parts.headings])
    if (!(await nameOf(screen, part))) faults.push(`no name: ${part.html}`)
  for (const part of [...parts.headings, ...parts.landmarks, ...parts.live]) {
    const role = await screen.driver.send('GetComputedRole', { id: part.element[ELEMENT] })
    if (role !== part.expected)
      faults.push(`${role || 'no role'} instead of ${part.expected}: ${part.html}`)
  }
  return [...faults, ...(await duplicateNames(screen, parts.landmarks))]
}

const nameOf = async (screen: Screen, { element }: Part) =>
  (await screen.label(element[ELEMENT])).trim()

/** Several navigations are told apart by their names. */
async function duplicateNames(screen: Screen, landmarks: Part[]): Promise<string[]> {
  const navigations = landmarks.filter(({ expected }) => expected === 'navigation')
  const names: string[] = []
  for (const part of navigations) names.push(await nameOf(screen, part))
  return navigations.length > 1
    ? names
        .filter((name, n) => !name || names.indexOf(name) !== n)
        .map((name) => `two navigations are called "${name}"`)
    : []
}

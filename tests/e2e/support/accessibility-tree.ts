/**
 * Chromium's accessibility tree of a page: what a screen reader is told
 * (https://chromedevtools.github.io/devtools-protocol/tot/Accessibility/).
 */
import type { Page } from '@/tests/e2e/support/fixtures'

type AxNode = {
  nodeId: string
  parentId?: string
  backendDOMNodeId?: number
  ignored: boolean
  role?: { value: string }
  name?: { value: string }
  properties?: { name: string; value: { value: unknown } }[]
}
/** `element` identifies the DOM node; `inside` are the roles of its ancestors, nearest first. */
export type TreeNode = {
  element: number | undefined
  role: string
  name: string
  level: number | null
  live: string
  modal: boolean
  inside: string[]
  text: string
}

/** Roles whose meaning is their name. */
const NAMED_ROLES = new Set(
  ['button', 'link', 'textbox', 'searchbox', 'combobox', 'listbox', 'radio', 'checkbox', 'slider']
    .concat(['spinbutton', 'switch', 'tab', 'menuitem', 'option', 'Date', 'DisclosureTriangle'])
    .concat(['heading', 'image', 'Iframe', 'dialog', 'alertdialog', 'table', 'region'])
)
const ONCE = ['main', 'banner', 'contentinfo']
const LIVE_ROLES = ['status', 'alert', 'log']

/** The nodes that are not ignored, in reading order. */
export async function accessibilityTree(page: Page): Promise<TreeNode[]> {
  const cdp = await page.context().newCDPSession(page)
  try {
    const { nodes } = (await cdp.send('Accessibility.getFullAXTree')) as { nodes: AxNode[] }
    return inReadingOrder(nodes)
  } finally {
    await cdp.detach()
  }
}

function inReadingOrder(nodes: AxNode[]): TreeNode[] {
  const children = new Map<string | undefined, AxNode[]>()
  for (const node of nodes)
    children.set(node.parentId, [...(children.get(node.parentId) ?? []), node])
  const visit = (node: AxNode, inside: string[]): TreeNode[] => {
    const role = node.role?.value ?? ''
    const below = node.ignored ? inside : [role, ...inside]
    const rest = (children.get(node.nodeId) ?? []).flatMap((child) => visit(child, below))
    if (node.ignored) return rest
    const property = (name: string) =>
      node.properties?.find((one) => one.name === name)?.value.value ?? null
    const name = node.name?.value ?? ''
    const text = rest.filter((one) => one.role === 'StaticText').map((one) => one.name)
    const self: TreeNode = {
      element: node.backendDOMNodeId,
      role,
      name,
      level: property('level') as number | null,
      live: (property('live') as string | null) ?? '',
      modal: property('modal') === true,
      inside,
      text: text.join('')
    }
    return [self, ...rest]
  }
  return (children.get(undefined) ?? []).flatMap((root) => visit(root, []))
}

/** Missing names, heading jumps, wrong landmarks and nested live regions. */
export async function treeFaults(page: Page): Promise<string[]> {
  const tree = await accessibilityTree(page)
  const modal = isModal(tree)
  return [
    ...tree
      .filter(({ role, name, inside }) => needsName(role, inside) && !name.trim())
      .map(({ role, inside }) => `a ${role} without a name in ${inside.slice(0, 4).join(' < ')}`),
    ...headingFaults(tree, modal),
    ...(modal ? [] : landmarkFaults(tree)),
    ...tree
      .filter(({ role, inside }) => isLive(role) && inside.some(isLive))
      .map(({ role, text }) => `a live region (${role}) inside another: ${text}`)
  ]
}

/** A button says its own name; what is drawn in it is presentational. */
const needsName = (role: string, inside: string[]) =>
  NAMED_ROLES.has(role) && !(role === 'image' && inside.includes('button'))

/** A dialog that hides the page behind it, by being modal or by `aria-hidden`. */
const isModal = (tree: TreeNode[]) =>
  tree.some(({ modal }) => modal) ||
  (tree.some(({ role }) => role === 'dialog') && !tree.some(({ role }) => role === 'main'))

const isLive = (role: string) => LIVE_ROLES.includes(role)

function headingFaults(tree: TreeNode[], modal: boolean): string[] {
  const headings = tree.filter(({ role }) => role === 'heading')
  const jumps = headings.filter(
    ({ level }, n) => n > 0 && (level ?? 0) > (headings[n - 1]?.level ?? 0) + 1
  )
  return [
    ...jumps.map(({ level, name }) => `the heading "${name}" jumps to level ${level}`),
    ...(modal || headings.some(({ level }) => level === 1) ? [] : ['no heading of level 1'])
  ]
}

function landmarkFaults(tree: TreeNode[]): string[] {
  const count = (role: string) => tree.filter((node) => node.role === role).length
  const named = ['navigation', 'region', 'complementary', 'search']
  const names = tree
    .filter(({ role }) => named.includes(role))
    .map(({ role, name }) => `${role} "${name}"`)
  return [
    ...(count('main') === 1 ? [] : [`${count('main')} main landmarks`]),
    ...ONCE.filter((role) => count(role) > 1).map((role) => `several ${role} landmarks`),
    ...names
      .filter((name, n) => names.indexOf(name) !== n)
      .map((name) => `two landmarks are ${name}`)
  ]
}

/** The live regions of a page, before or after something is announced in them. */
export async function liveRegions(page: Page): Promise<TreeNode[]> {
  return (await accessibilityTree(page)).filter(({ role, live }) => isLive(role) || Boolean(live))
}

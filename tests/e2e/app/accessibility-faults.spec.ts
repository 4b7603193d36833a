/** The checks of accessibility see what they look for: each fault is planted once. */
import { expect, test } from '@playwright/test'
import { accessibilityViolations } from '@/tests/e2e/support/accessibility'
import { treeFaults } from '@/tests/e2e/support/accessibility-tree'
import {
  edgeContrast,
  edgeStyle,
  focusedRowIsVisible,
  focusOutline,
  overlappingAmounts
} from '@/tests/e2e/support/styles'

const SOUND = `<nav aria-label="Main"></nav><main><h1>Page</h1><h2>Part</h2>
  <button>Save</button><p role="status">Saved.</p><img src="data:," alt="Logo"></main>`

test('a page without faults has none', async ({ page }) => {
  await page.setContent(SOUND)
  expect(await treeFaults(page)).toEqual([])
})

for (const [fault, from, to, finding] of [
  ['a button without a name', '>Save<', '><', /a button without a name/],
  ['a picture without a text', 'alt="Logo"', '', /a image without a name/],
  ['a heading that jumps', '<h2>Part</h2>', '<h3>Part</h3>', /"Part" jumps to level 3/],
  ['a page without a main heading', /h1>/g, 'p>', /no heading of level 1/],
  ['a page without main', /main>/g, 'div>', /0 main landmarks/],
  ['two navigations of one name', '<main>', '<nav aria-label="Main"></nav><main>', /two landmarks/],
  ['a live region in another', 'Saved.', '<b role="alert">!</b>', /\(alert\) inside another/]
] as const)
  test(`${fault} is found in the accessibility tree`, async ({ page }) => {
    await page.setContent(SOUND.replace(from, to))
    expect((await treeFaults(page)).join('\n')).toMatch(finding)
  })

test('axe finds a field without a label', async ({ page }) => {
  await page.setContent('<title>Page</title><main><h1>Page</h1><input></main>')
  expect((await accessibilityViolations(page)).join()).toContain('label: <input>')
})

test('faint edges, missing edges and missing focus are found', async ({ page }) => {
  await page.setContent(`<body style="background:#fff">
    <input id="faint" style="border:1px solid #f4f4f4"><input id="clear" style="border:1px solid #777">
    <button id="flat" style="border:0;outline:0">Save</button></body>`)
  expect(await edgeContrast(page.locator('#faint'))).toBeLessThan(1.2)
  expect(await edgeContrast(page.locator('#clear'))).toBeGreaterThan(4)
  expect(await edgeStyle(page.locator('#flat'))).toBe('none')
  await page.locator('#flat').focus()
  expect((await focusOutline(page.locator('#flat')))[0]).toBe('none')
})

test('a focused row under a fixed bar is found', async ({ page }) => {
  const at = (bottom: number) =>
    page.setContent(`<ul><li aria-posinset="1"><button autofocus style="position:fixed;
      bottom:${bottom}px">Row</button></li></ul><nav style="position:fixed;bottom:0;height:60px"></nav>
      <style>li{position:fixed;bottom:${bottom}px;height:30px}</style>`)
  await at(20)
  await page.getByRole('button').focus()
  expect(await focusedRowIsVisible(page, 1)).toBe(false)
  await at(200)
  await page.getByRole('button').focus()
  expect(await focusedRowIsVisible(page, 1)).toBe(true)
})

test('amounts that overlap or leave their card are found', async ({ page }) => {
  await page.setContent(`<main><section style="position:relative;width:200px;height:50px">
    <span style="position:absolute;left:0">$1,234,567,890.00</span>
    <span style="position:absolute;left:60px">$9,876,543,210.00</span></section></main>`)
  const found = await overlappingAmounts(page)
  expect(found.join('\n')).toMatch(/\$1,234,567,890.00 over \$9,876,543,210.00/)
  await page.setContent(`<main><section style="width:40px">$1,234,567,890.00</section></main>`)
  expect(await overlappingAmounts(page)).toEqual(['cut off: $1,234,567,890.00'])
})

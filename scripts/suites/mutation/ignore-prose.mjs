/** A Stryker plugin that leaves display text alone: its wording is reviewed, not tested. */
const SENTENCE = /^[A-Z].* [a-z]/

export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'prose',
    value: {
      /** @param {{ node: { type: string, value?: unknown } }} path */
      shouldIgnore: ({ node }) =>
        node.type === 'StringLiteral' && SENTENCE.test(String(node.value))
          ? 'display text'
          : undefined
    }
  }
]

/** Equivalent mutants of the domain, other than those of the reports. */
import { type EquivalentMutant, inDomain } from '@/scripts/suites/mutation/equivalent'

const AMOUNTS = 'money/amount-input.ts'
const DOCUMENTS = 'onboarding/documents.ts'
const PAIRS = 'transactions/transfer-pairs.ts'
const ALWAYS_FOUND = 'it is found in every case'
const NO_SUCH_TEXT = 'the made-up text means nothing either'

export const EQUIVALENT_DOMAIN_MUTANTS: readonly EquivalentMutant[] = [
  ...inDomain('audit/chain.ts', 'no key has either name', [
    {
      from: "? erasedMac(mac, erasedKeyId ?? '', details)",
      to: '? erasedMac(mac, erasedKeyId ?? "Stryker was here!", details)'
    }
  ]),
  ...inDomain('connections/connection.ts', NO_SUCH_TEXT, [
    {
      from: "export const isItemGone = (code: string | null): boolean => ITEM_GONE_ERRORS.has(code ?? '')",
      to: 'export const isItemGone = (code: string | null): boolean => ITEM_GONE_ERRORS.has(code ?? "Stryker was here!")'
    }
  ]),
  ...inDomain('dates.ts', 'the parts of a longer text are no date', [
    { from: '/^\\d{4}-\\d{2}-\\d{2}$/.test(text) &&', to: '/\\d{4}-\\d{2}-\\d{2}$/.test(text) &&' }
  ]),
  ...inDomain('messages/thresholds.ts', 'only the date of the text is read', [
    {
      from: 'const monday = addDays(at.toISOString().slice(0, 10), MONDAY - day)',
      to: 'const monday = addDays(at.toISOString(), MONDAY - day)'
    }
  ]),
  ...inDomain('money/money.ts', 'a number has at least one digit', [
    {
      from: "const [, sign, whole = '0', fraction = '', exponent] = parts",
      to: 'const [, sign, whole = "", fraction = \'\', exponent] = parts'
    }
  ]),
  ...inDomain(AMOUNTS, ALWAYS_FOUND, [
    {
      from: "const sign = (type: 'group' | 'decimal') => parts.find((part) => part.type === type)?.value ?? ''",
      to: "const sign = (type: 'group' | 'decimal') => parts.find((part) => part.type === type)?.value ?? \"Stryker was here!\""
    },
    {
      from: "const sign = (type: 'group' | 'decimal') => parts.find((part) => part.type === type)?.value ?? ''",
      to: "const sign = (type: 'group' | 'decimal') => parts.find(part => part.type === type).value ?? ''"
    },
    {
      from: "return typed.replace(currency, '').replace(written?.value ?? '', '')",
      to: "return typed.replace(currency, '').replace(written?.value ?? \"Stryker was here!\", '')"
    },
    {
      from: "return typed.replace(currency, '').replace(written?.value ?? '', '')",
      to: "return typed.replace(currency, '').replace(written.value ?? '', '')"
    },
    {
      from: "const digits = (read[1] ?? '').replaceAll(group, '')",
      to: 'const digits = (read[1] ?? "Stryker was here!").replaceAll(group, \'\')'
    }
  ]),
  ...inDomain(AMOUNTS, 'the second entry is missing too', [
    {
      from: `new RegExp(\`^(0|[1-9]\\\\d*)([\${decimal}]\\\\d*)?$\`).exec(text.replaceAll(group, '')) ?? []`,
      to: `new RegExp(\`^(0|[1-9]\\\\d*)([\${decimal}]\\\\d*)?$\`).exec(text.replaceAll(group, '')) ?? ["Stryker was here"]`
    }
  ]),
  ...inDomain(DOCUMENTS, ALWAYS_FOUND, [
    {
      from: 'const isIdentityDocument = (type: string) => GROUPS[0]?.types.includes(type) ?? false',
      to: 'const isIdentityDocument = (type: string) => GROUPS[0]?.types.includes(type) ?? true'
    },
    {
      from: 'const isIdentityDocument = (type: string) => GROUPS[0]?.types.includes(type) ?? false',
      to: 'const isIdentityDocument = (type: string) => GROUPS[0].types.includes(type) ?? false'
    }
  ]),
  ...inDomain(DOCUMENTS, NO_SUCH_TEXT, [
    {
      from: "REJECTION_REASONS.find(([pattern]) => pattern.test(reason ?? ''))?.[1] ?? UNKNOWN_REASON",
      to: 'REJECTION_REASONS.find(([pattern]) => pattern.test(reason ?? "Stryker was here!"))?.[1] ?? UNKNOWN_REASON'
    }
  ]),
  ...inDomain('transactions/payee-key.ts', NO_SUCH_TEXT, [
    {
      from: "(count === word.length && (n === words.length - 1 || LABEL.test(words[n - 1] ?? '')))",
      to: '(count === word.length && (n === words.length - 1 || LABEL.test(words[n - 1] ?? "Stryker was here!")))'
    }
  ]),
  ...inDomain(PAIRS, NO_SUCH_TEXT, [
    {
      from: `PERSON_TO_PERSON.test(\`\${leg.name} \${leg.merchantName ?? ''}\`) ||`,
      to: `PERSON_TO_PERSON.test(\`\${leg.name} \${leg.merchantName ?? "Stryker was here!"}\`) ||`
    },
    {
      from: 'return (b.match(/\\d{5,}/g) ?? []).some((number) => numbers.has(number))',
      to: 'return (b.match(/\\d{5,}/g) ?? ["Stryker was here"]).some((number) => numbers.has(number))'
    },
    {
      from: `const words = \`\${accountName} \${institutionName}\`.toLowerCase().match(/[a-z]{4,}/g) ?? []`,
      to: `const words = \`\${accountName} \${institutionName}\`.toLowerCase().match(/[a-z]{4,}/g) ?? ["Stryker was here"]`
    }
  ]),
  ...inDomain(PAIRS, 'a text has no category, which rules a transfer out', [
    {
      from: '(gap) => sides.get(key(-out.minor, out.currency, addDays(out.date, gap))) ?? []',
      to: '(gap) => sides.get(key(-out.minor, out.currency, addDays(out.date, gap))) ?? ["Stryker was here"]'
    }
  ]),
  ...inDomain(PAIRS, ALWAYS_FOUND, [
    {
      from: 'rowsOf(each).flatMap((id) => (ofRow.get(id) ?? []).filter(isOpen))',
      to: 'rowsOf(each).flatMap((id) => (ofRow.get(id) ?? ["Stryker was here"]).filter(isOpen))'
    },
    {
      from: 'legs.map((leg) => ({ alike: leg.alike, met: support.get(keyOf(leg, minor))?.size ?? 0 }))',
      to: 'legs.map((leg) => ({ alike: leg.alike, met: support.get(keyOf(leg, minor)).size ?? 0 }))'
    }
  ]),
  ...inDomain(PAIRS, 'both names are written in one case', [
    {
      from: 'const payee = ({ name, merchantName }: TransferLeg): string => (merchantName ?? name).toLowerCase()',
      to: 'const payee = ({ name, merchantName }: TransferLeg): string => (merchantName ?? name).toUpperCase()'
    }
  ]),
  ...inDomain(PAIRS, 'two rows of zero are a pair in both directions, so neither is taken', [
    { from: 'if (out.minor >= 0n) return []', to: 'if (out.minor > 0n) return []' }
  ]),
  ...inDomain('users/preferences.ts', NO_SUCH_TEXT, [
    {
      from: "for (const part of (acceptLanguage ?? '').split(',')) {",
      to: 'for (const part of (acceptLanguage ?? "Stryker was here!").split(\',\')) {'
    }
  ])
]

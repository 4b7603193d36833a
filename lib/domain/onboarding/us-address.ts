/** Parses US address lines and ZIP codes. */

const DESIGNATORS =
  'rr|r\\.r\\.|rural\\s+route|hc|hcr|hwy\\s+contract|highway\\s+contract(?:\\s+route)?|sr|star\\s+route|psc|cmr|unit'
/**
 * Rural and military delivery: the box is the residence, not a PO box (USPS Publication 28, §24
 * and §25).
 */
const RURAL_OR_MILITARY = new RegExp(
  `\\b(?:${DESIGNATORS})\\s*#?\\s*[\\w-]+[\\s,]+box\\s*#?\\s*[\\w-]+`,
  'i'
)
const PO_BOX =
  /\b(?:p\W{0,3}o\W{0,3}b(?:ox)?|p\W{0,3}o\W{0,3}(?:drawer|bin|caller)|post(?:al)?\s+(?:office\s+)?box)(?![a-z])/i
/** A line with only a box number. "Box Canyon Rd" and "12 Box Elder Ct" are streets. */
const BOX_ONLY_LINE = /^\W*(?:lock\s*|call\s*)?box\s*[#\s]?\s*(?:no\.?\s*)?\d+[a-z]?\W*(?:,.*)?$/i
const GENERAL_DELIVERY = /^\W*gen(?:eral|\.)?\s+del(?:ivery|iv|\.)?\W*(?:\d{5}.*)?$/i

const isPostOfficeBox = (line: string) =>
  PO_BOX.test(line) || BOX_ONLY_LINE.test(line) || GENERAL_DELIVERY.test(line)

/** @returns the line with a PO box or General Delivery; null if neither has one. */
export function findPostOfficeBox(
  street: string,
  street2: string | null
): 'street' | 'street2' | null {
  // "RR 2" and "Box 15" on two lines form one rural address.
  const rural = RURAL_OR_MILITARY.test([street, street2].join(', '))
  const isBox = (line: string) => (rural ? PO_BOX.test(line) : isPostOfficeBox(line))
  if (isBox(street)) return 'street'
  return street2 && isBox(street2) ? 'street2' : null
}

/** ZIP prefixes (from-to) and their state (USPS Publication 65, as of 2026). */
const ZIP_AREAS =
  '005-005 NY 010-027 MA 028-029 RI 030-038 NH 039-049 ME 050-054 VT 055-055 MA 056-059 VT 060-069 CT 070-089 NJ 090-098 AE 100-149 NY 150-196 PA ' +
  '197-199 DE 200-200 DC 201-201 VA 202-205 DC 206-219 MD 220-246 VA 247-268 WV 270-289 NC 290-299 SC 300-319 GA 320-339 FL 340-340 AA 341-349 FL ' +
  '350-369 AL 370-385 TN 386-397 MS 398-399 GA 400-427 KY 430-459 OH 460-479 IN 480-499 MI 500-528 IA 530-549 WI 550-567 MN 569-569 DC 570-577 SD ' +
  '580-588 ND 590-599 MT 600-629 IL 630-658 MO 660-679 KS 680-693 NE 700-714 LA 716-729 AR 730-732 OK 733-733 TX 734-749 OK 750-799 TX 800-816 CO ' +
  '820-831 WY 832-838 ID 840-847 UT 850-865 AZ 870-884 NM 885-885 TX 889-898 NV 900-961 CA 962-966 AP 967-968 HI 970-979 OR 980-994 WA 995-999 AK'
const ZIP_RANGES = [...ZIP_AREAS.matchAll(/(\d{3})-(\d{3}) ([A-Z]{2})/g)].map(
  ([, from, to, state]) => ({
    from: Number(from),
    to: Number(to),
    state: String(state)
  })
)

/**
 * @returns the state a ZIP code usually belongs to; null for one not in use. Some ZIP codes cross
 * state borders.
 */
export function stateForZip(zip: string): string | null {
  const area = Number(zip.slice(0, 3))
  return ZIP_RANGES.find(({ from, to }) => area >= from && area <= to)?.state ?? null
}

/** Which ink can be read on a tenant's own colour. Source: WCAG 2.2, relative luminance and contrast ratio. */

/** Return the relative luminance of "#rrggbb", 0 to 1. */
export function luminance(colour: string): number {
  const part = (at: number): number => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

/** Where white and the deep navy of --navy-950 (luminance 0.0083) are read equally well: sqrt(1.05 * 0.0583) - 0.05. */
const MIDDLE = 0.197;

/** Return the token of the ink that stands out best on a colour. */
export function inkOn(colour: string): string {
  return luminance(colour) < MIDDLE ? "var(--white)" : "var(--navy-950)";
}

/** A password that can be read out over a counter: no sign that looks like another. */
const SIGNS = "abcdefghjkmnpqrstuvwxyz23456789";
const GROUPS = 4;
const LENGTH = 4;

/** Return a new password, such as "kx7m-a9ch-p2wd-3tuv": 79 random bits. */
export function newPassword(): string {
  const group = (): string => Array.from({ length: LENGTH }, sign).join("");
  return Array.from({ length: GROUPS }, group).join("-");
}

/** Draw one sign; bytes beyond the last whole round of signs are drawn again, so that each is as likely. */
function sign(): string {
  const most = 256 - (256 % SIGNS.length);
  for (;;) {
    const byte = crypto.getRandomValues(new Uint8Array(1))[0]!;
    if (byte < most) return SIGNS[byte % SIGNS.length]!;
  }
}

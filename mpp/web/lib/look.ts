/** Who has asked the device for more contrast gets it on every page; the kiosk has a switch of its own besides. */
const asked = matchMedia("(prefers-contrast: more)");
const show = (): void => {
  document.documentElement.dataset.contrast = asked.matches ? "high" : "plain";
};
show();
// Safari before 14 and the oldest televisions know only the older way to listen.
if ("addEventListener" in asked) asked.addEventListener("change", show);
export {};

/* Below the floor of the pages nothing newer than this script runs: it says so, instead of a black screen.
   ES5 only. Promise.allSettled came with Chromium 76, Safari 13 and Firefox 71. */
if (!window.Promise || !Promise.allSettled) {
  document.getElementById("floor").style.display = "block";
}

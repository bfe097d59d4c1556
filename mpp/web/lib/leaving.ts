/** Let the browser ask before it leaves a page on which something is not saved; older ones ask only for a value. */
export function hold(event: BeforeUnloadEvent): void {
  event.preventDefault();
  event.returnValue = true;
}

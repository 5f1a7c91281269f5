/** At most one announcement in so long: a screen reader reads each to its end. The newest wins. */
const restMs = 5000;

/** Speaks through a polite live region. The end of something is always said, whatever was said before. */
export interface Announcer {
  say(words: string): void;
  sayNow(words: string): void;
}

/** Makes a live region at the end of the page. */
export function createAnnouncer(page: Document = document): Announcer {
  const region = page.createElement('div');
  region.className = 'visually-hidden';
  region.setAttribute('role', 'status');
  page.body.append(region);
  let waiting: string | undefined;
  let restUntil = 0;
  let timer: number | undefined;
  const speak = (words: string): void => {
    waiting = undefined;
    window.clearTimeout(timer);
    timer = undefined;
    restUntil = performance.now() + restMs;
    region.textContent = words;
  };
  return {
    say: (words) => {
      const rest = restUntil - performance.now();
      if (rest <= 0) return speak(words);
      waiting = words;
      timer ??= window.setTimeout(() => {
        timer = undefined;
        if (waiting !== undefined) speak(waiting);
      }, rest);
    },
    sayNow: speak,
  };
}

/** Spoken guidance: says one text after another in the hall's voice, as the server renders it; a plain tone when it cannot. */
import { words } from "$lib/words.svelte.ts";

/** The tone that stands in for words: short, soft, the pitch of a telephone's key. */
const TONE = { hertz: 660, seconds: 0.16, loudness: 0.2 };
/** After this long without an answer the tone comes instead, in milliseconds. */
const PATIENCE = 6000;

export class Guide {
  on = $state(false);
  /** Whether sound could not be had when it was last asked for. */
  silent = $state(false);
  speaking = $state(false);
  #said: string[] = [];
  /** Whoever speaks later silences whoever spoke before. */
  #turn = 0;
  readonly #player = new Audio();
  #ear: AudioContext | null = null;

  start(): void {
    this.on = true;
    this.silent = false;
  }

  stop(): void {
    this.on = false;
    this.#hush();
    this.#said = [];
  }

  repeat(): void {
    this.say(this.#said);
  }

  /** Say these texts one after another, instead of whatever is being said. */
  say(texts: string[]): void {
    if (!this.on) return;
    this.#hush();
    this.#said = texts;
    void this.#speak(texts, this.#turn);
  }

  async #speak(texts: string[], turn: number): Promise<void> {
    this.speaking = true;
    try {
      let coming = ask(texts[0]);
      for (let at = 0; at < texts.length; at += 1) {
        const sound = await coming;
        if (turn !== this.#turn) return;
        coming = ask(texts[at + 1]);
        await this.#play(sound);
        if (turn !== this.#turn) return;
        this.silent = false;
      }
    } catch {
      // Whatever went wrong, the visitor must hear that the key was taken, and read why there are no words.
      if (turn === this.#turn) {
        this.silent = true;
        this.#tone();
      }
    } finally {
      if (turn === this.#turn) this.speaking = false;
    }
  }

  #play(sound: Blob): Promise<void> {
    const address = URL.createObjectURL(sound);
    const player = this.#player;
    return new Promise<void>((done, failed) => {
      player.onended = () => done();
      player.onpause = () => done();
      player.onerror = () => failed(new Error("not playable"));
      player.src = address;
      player.play().catch(failed);
    }).finally(() => URL.revokeObjectURL(address));
  }

  #hush(): void {
    this.#turn += 1;
    this.speaking = false;
    this.#player.pause();
  }

  #tone(): void {
    const ear = (this.#ear ??= new AudioContext());
    const voice = ear.createOscillator();
    const volume = ear.createGain();
    voice.frequency.value = TONE.hertz;
    volume.gain.value = TONE.loudness;
    voice.connect(volume).connect(ear.destination);
    voice.start();
    voice.stop(ear.currentTime + TONE.seconds);
  }
}

/** Ask for the sound of a text; the browser keeps it, so that the same screen is never rendered twice. */
function ask(text: string | undefined): Promise<Blob> {
  const coming = text === undefined ? Promise.resolve(new Blob()) : fetched(text);
  coming.catch(() => undefined); // asked for ahead of time, and perhaps never waited for
  return coming;
}

async function fetched(text: string): Promise<Blob> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(`/api/guide?${new URLSearchParams({ language: words.locale, text })}`, { signal: stop.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    return await answer.blob();
  } finally {
    clearTimeout(timer);
  }
}

/** Spoken guidance: says one text after another in the hall's voice, as the server renders it; a plain tone when it cannot. */
import { words } from "$lib/words.svelte.ts";

/** The tone that stands in for words: short, soft, the pitch of a telephone's key. */
const TONE = { hertz: 660, seconds: 0.16, loudness: 0.2 };
/** After this long without an answer the tone comes instead, in milliseconds. */
const PATIENCE = 6000;
/** Who runs through the choices hears the one where the finger rests; the others are not even asked for. */
const SETTLE = 120;
/** The server takes 300 letters at once. */
const PIECES = /\S.{0,279}(?=\s|$)/g;

export class Guide {
  on = $state(false);
  /** Whether sound could not be had when it was last asked for. */
  silent = $state(false);
  speaking = $state(false);
  #said: string[] = [];
  #queue: string[] = [];
  /** Whoever speaks later silences whoever spoke before. */
  #turn = 0;
  #ear: AudioContext | null = null;
  #playing: AudioBufferSourceNode | null = null;

  start(): void {
    this.on = true;
    this.silent = false;
    this.#ear ??= new AudioContext();
    void this.#ear.resume();
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
    this.#queue = texts.flatMap(cut);
    void this.#speak(this.#turn);
  }

  /** Say this too, after whatever is being said. */
  add(text: string): void {
    if (!this.speaking) return this.say([text]);
    this.#said = [...this.#said, text];
    this.#queue.push(...cut(text));
  }

  async #speak(turn: number): Promise<void> {
    const [ear, queue] = [this.#ear, this.#queue];
    if (ear === null) return;
    this.speaking = true;
    await new Promise((settled) => setTimeout(settled, SETTLE));
    if (turn !== this.#turn) return;
    try {
      let coming: Promise<ArrayBuffer> | null = null;
      for (let text = queue.shift(); text !== undefined; text = queue.shift()) {
        const sound = await (coming ?? ask(text));
        if (turn !== this.#turn) return;
        coming = queue[0] === undefined ? null : ask(queue[0]);
        await this.#play(ear, sound, turn);
        if (turn !== this.#turn) return;
        this.silent = false;
      }
    } catch {
      // Whatever went wrong, the visitor must hear that the key was taken, and read why there are no words.
      if (turn === this.#turn) {
        this.silent = true;
        this.#tone(ear);
      }
    } finally {
      if (turn === this.#turn) this.speaking = false;
    }
  }

  async #play(ear: AudioContext, sound: ArrayBuffer, turn: number): Promise<void> {
    const buffer = await ear.decodeAudioData(sound);
    if (turn !== this.#turn) return;
    const source = ear.createBufferSource();
    source.buffer = buffer;
    source.connect(ear.destination);
    this.#playing = source;
    await new Promise((ended) => {
      source.onended = ended;
      source.start();
    });
  }

  #hush(): void {
    this.#turn += 1;
    this.speaking = false;
    this.#playing?.stop();
    this.#playing = null;
  }

  #tone(ear: AudioContext): void {
    const voice = ear.createOscillator();
    const volume = ear.createGain();
    voice.frequency.value = TONE.hertz;
    volume.gain.value = TONE.loudness;
    voice.connect(volume).connect(ear.destination);
    voice.start();
    voice.stop(ear.currentTime + TONE.seconds);
  }
}

/** Return a text in pieces that the server reads aloud, cut between words. */
function cut(text: string): string[] {
  return text.match(PIECES) ?? [];
}

/** Ask for the sound of a text; the browser keeps it, so that the same screen is never rendered twice. */
function ask(text: string): Promise<ArrayBuffer> {
  const coming = fetched(text);
  coming.catch(() => undefined); // asked for ahead of time, and perhaps never waited for
  return coming;
}

async function fetched(text: string): Promise<ArrayBuffer> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(`/api/guide?${new URLSearchParams({ language: words.locale, text })}`, { signal: stop.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    return await answer.arrayBuffer();
  } finally {
    clearTimeout(timer);
  }
}

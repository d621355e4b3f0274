// Lets LiveKit Agents JS, with its defaults and in real time, answer the first part of labelled clips at length while the second
// part is heard, and prints one JSON line for each: how long after the first sound of the second part the answer fell silent,
// whether the rest of it was given up, and whether it was heard to its end.
// node livekit-overlap.mjs <folder of clips> <how many> <seconds of an answer> <recogniser ms> <model ms> <voice ms>
import fs from 'node:fs';
import path from 'node:path';
import { ReadableStream } from 'node:stream/web';
import { asLanguageCode, initializeLogger, llm, stt, tts, voice } from '@livekit/agents';
import { VAD } from '@livekit/agents-plugin-silero';
import { AudioFrame } from '@livekit/rtc-node';

const [folder, count, answerS, sttMs, llmMs, ttsMs] = process.argv.slice(2).map((a) => (isNaN(a) ? a : Number(a)));
const RATE = 16000;
const FRAME_MS = 32; // Frames of 20 ms would cost its detector half a frame.
const FRAME = (RATE / 1000) * FRAME_MS;
const AT_ONCE = 6;
const ANSWER = 'Sure, I can help you with that right away.';
initializeLogger({ pretty: false, level: process.env.LVL || 'fatal' });

const now = () => performance.now();
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

function load(number) {
  const name = path.join(folder, `testset-audio-${String(number).padStart(2, '0')}`);
  const wav = fs.readFileSync(`${name}.wav`);
  const pcm = new Int16Array(wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length));
  return { number, pcm, parts: JSON.parse(fs.readFileSync(`${name}.json`, 'utf8')).parts };
}

class Line extends voice.AudioInput {
  constructor() {
    super();
    this.multiStream.addInputStream(new ReadableStream({ start: (c) => (this.to = c) }));
  }
}

// Only the first answer counts. Time stands still for it while it is paused.
class Loudspeaker extends voice.AudioOutput {
  constructor() {
    super(24000, undefined, { pause: true });
    this.queued = 0;
    this.played = 0;
    this.silentFrom = null;
    this.flushed = false;
    this.whole = false;
    this.over = false;
    this.running = 0;
  }
  async captureFrame(frame) {
    await super.captureFrame(frame);
    if (this.queued === 0) {
      this.played = 0;
      this.onPlaybackStarted(Date.now());
      this.running = now();
    }
    this.queued += frame.samplesPerChannel / frame.sampleRate;
  }
  flush() {
    super.flush();
    if (this.queued > 0) this.arm();
  }
  arm() {
    clearTimeout(this.ends);
    this.ends = setTimeout(() => this.finish(false), (this.queued - this.played) * 1000);
  }
  pause() {
    super.pause?.();
    if (this.queued > 0 && this.running > 0) {
      this.played += (now() - this.running) / 1000;
      this.running = 0;
      clearTimeout(this.ends);
      if (!this.over) this.silentFrom ??= now();
    }
  }
  resume() {
    super.resume?.();
    if (this.queued > 0 && this.running === 0) {
      this.running = now();
      this.arm();
    }
  }
  clearBuffer() {
    clearTimeout(this.ends);
    if (this.queued > 0 && !this.over) {
      this.silentFrom ??= now();
      this.flushed = true;
    }
    this.finish(true);
  }
  finish(interrupted) {
    if (this.queued > 0) {
      const playbackPosition = interrupted ? this.played : this.queued;
      if (!this.over) this.whole = !interrupted;
      this.over = true;
      this.queued = 0;
      this.running = 0;
      this.onPlaybackFinished({ playbackPosition, interrupted });
    }
  }
}

class SilentTts extends tts.TTS {
  label = 'ideal';
  constructor() {
    super(24000, 1, { streaming: true });
  }
  async close() {}
}
class KnowingStt extends stt.STT {
  label = 'ideal';
  constructor() {
    super({ streaming: true, interimResults: true });
  }
  stream() {
    throw new Error('the agent hears by its own node');
  }
  async _recognize() {
    throw new Error('the agent hears by its own node');
  }
}
class OneAnswer extends llm.LLM {
  label() {
    return 'ideal';
  }
  chat() {
    throw new Error('the agent thinks by its own node');
  }
}

class Agent extends voice.Agent {
  constructor(clip) {
    super({ instructions: 'You help whoever calls.' });
    this.clip = clip;
    this.calls = 0;
  }
  // Words are told while they are spoken, and are final once the part they belong to is over.
  async sttNode(audio) {
    const parts = [...this.clip.parts];
    return new ReadableStream({
      start: async (to) => {
        let heard = 0;
        let told = '';
        const tell = (type, text) => {
          const event = {
            type,
            alternatives: [{ text, language: asLanguageCode('en'), startTime: 0, endTime: 0, confidence: 1 }],
          };
          if (sttMs > 0) setTimeout(() => to.enqueue(event), sttMs);
          else to.enqueue(event);
        };
        for await (const frame of audio) {
          heard += frame.samplesPerChannel / frame.sampleRate;
          if (parts.length === 0) continue;
          const part = parts[0];
          if (heard >= part.end) {
            parts.shift();
            told = '';
            if (part.text) tell(stt.SpeechEventType.FINAL_TRANSCRIPT, part.text);
          } else if (heard > part.start) {
            const share = Math.floor((part.text.length * (heard - part.start)) / (part.end - part.start));
            const text = part.text.slice(0, Math.max(0, part.text.lastIndexOf(' ', share)));
            if (text.length > told.length) {
              told = text;
              tell(stt.SpeechEventType.INTERIM_TRANSCRIPT, text);
            }
          }
        }
      },
    });
  }
  async llmNode() {
    this.calls++;
    return new ReadableStream({
      start: async (to) => {
        if (llmMs > 0) await sleep(llmMs);
        for (const word of ANSWER.split(' ')) to.enqueue(`${word} `);
        to.close();
      },
    });
  }
  async ttsNode(text) {
    return new ReadableStream({
      start: async (to) => {
        let begun = false;
        for await (const some of text) {
          if (begun || !some) continue;
          begun = true;
          if (ttsMs > 0) await sleep(ttsMs);
          for (let i = 0; i < answerS * 50; i++) to.enqueue(new AudioFrame(new Int16Array(480).fill(3000), 24000, 1, 480));
        }
        to.close();
      },
    });
  }
}

const vad = await VAD.load();

async function answer(number) {
  const clip = load(number);
  const loudspeaker = new Loudspeaker();
  const line = new Line();
  const agent = new Agent(clip);
  const session = new voice.AgentSession({
    vad,
    stt: new KnowingStt(),
    llm: new OneAnswer(),
    tts: new SilentTts(),
    turnHandling: { turnDetection: 'vad' },
    aecWarmupDuration: null,
  });
  session.input.audio = line;
  session.output.audio = loudspeaker;
  await session.start({ agent, record: false });
  const start = now();
  for (let sent = 0; sent + FRAME <= clip.pcm.length; sent += FRAME) {
    // A frame comes when its last sample was spoken.
    const wait = start + ((sent + FRAME) * 1000) / RATE - now();
    if (wait > 0) await sleep(wait);
    line.to.enqueue(new AudioFrame(clip.pcm.slice(sent, sent + FRAME), RATE, 1, FRAME));
  }
  const onset = start + clip.parts.at(-1).start * 1000;
  const silent = loudspeaker.silentFrom === null ? null : (loudspeaker.silentFrom - onset).toFixed(1);
  console.log(`{"clip":${number},"pausedMs":${silent},"flushed":${loudspeaker.flushed},"whole":${loudspeaker.whole}}`);
  void session.close().catch(() => {});
}

let next = 1;
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    while (next <= count) await answer(next++);
  }),
);
process.exit(0);

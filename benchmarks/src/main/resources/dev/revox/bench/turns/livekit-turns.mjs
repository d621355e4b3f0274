// Answers labelled clips with LiveKit Agents JS in real time and prints one JSON line for each: how long after the end of the
// turn the first sound of the agent comes, and whether one came before it.
// node livekit-turns.mjs default|tuned <folder of clips> <how many> <recogniser ms> <model ms> <voice ms>
import fs from 'node:fs';
import path from 'node:path';
import { ReadableStream } from 'node:stream/web';
import { asLanguageCode, initializeLogger, llm, stt, tts, voice } from '@livekit/agents';
import { VAD } from '@livekit/agents-plugin-silero';
import { AudioFrame } from '@livekit/rtc-node';

const [mode, folder, count, sttMs, llmMs, ttsMs] = process.argv.slice(2).map((a) => (isNaN(a) ? a : Number(a)));
const RATE = 16000;
const FRAME_MS = 32; // Frames of 20 ms would cost its detector half a frame.
const FRAME = (RATE / 1000) * FRAME_MS;
const AT_ONCE = 4;
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

class Loudspeaker extends voice.AudioOutput {
  constructor(heard) {
    super(24000, undefined, { pause: true });
    this.heard = heard;
    this.queued = 0;
  }
  async captureFrame(frame) {
    await super.captureFrame(frame);
    if (this.queued === 0) {
      this.heard(now());
      this.onPlaybackStarted(Date.now());
    }
    this.queued += frame.samplesPerChannel / frame.sampleRate;
  }
  flush() {
    super.flush();
    if (this.queued > 0) {
      this.ends = setTimeout(() => this.finish(false), this.queued * 1000);
    }
  }
  clearBuffer() {
    clearTimeout(this.ends);
    this.finish(true);
  }
  finish(interrupted) {
    if (this.queued > 0) {
      const playbackPosition = this.queued;
      this.queued = 0;
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
  // Words are final once the part they belong to is over: without final words this framework ends no turn.
  async sttNode(audio) {
    const parts = [...this.clip.parts];
    return new ReadableStream({
      start: async (to) => {
        let heard = 0;
        for await (const frame of audio) {
          heard += frame.samplesPerChannel / frame.sampleRate;
          while (parts.length > 0 && heard >= parts[0].end) {
            const text = parts.shift().text;
            const event = {
              type: stt.SpeechEventType.FINAL_TRANSCRIPT,
              alternatives: [{ text, language: asLanguageCode('en'), startTime: 0, endTime: 0, confidence: 1 }],
            };
            if (sttMs > 0) setTimeout(() => to.enqueue(event), sttMs);
            else to.enqueue(event);
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
          for (let i = 0; i < 100; i++) to.enqueue(new AudioFrame(new Int16Array(480).fill(3000), 24000, 1, 480));
        }
        to.close();
      },
    });
  }
}

const vad = await VAD.load(mode === 'tuned' ? { minSilenceDuration: 200 } : {});
const turns = { default: { turnDetection: 'vad' }, tuned: { turnDetection: 'vad', endpointing: { minDelay: 0, maxDelay: 1000 } } };

async function answer(number) {
  const clip = load(number);
  const endSample = Math.round(clip.parts.at(-1).end * RATE);
  const sounds = [];
  const line = new Line();
  const agent = new Agent(clip);
  const session = new voice.AgentSession({
    vad,
    stt: new KnowingStt(),
    llm: new OneAnswer(),
    tts: new SilentTts(),
    turnHandling: turns[mode],
    aecWarmupDuration: null,
  });
  session.input.audio = line;
  session.output.audio = new Loudspeaker((at) => sounds.push(at));
  await session.start({ agent, record: false });
  const start = now();
  for (let sent = 0; sent + FRAME <= clip.pcm.length; sent += FRAME) {
    // A frame comes when its last sample was spoken.
    const wait = start + ((sent + FRAME) * 1000) / RATE - now();
    if (wait > 0) await sleep(wait);
    line.to.enqueue(new AudioFrame(clip.pcm.slice(sent, sent + FRAME), RATE, 1, FRAME));
  }
  const end = start + (endSample * 1000) / RATE;
  const first = sounds.find((at) => at >= end);
  const gap = first === undefined ? null : (first - end).toFixed(1);
  console.log(`{"clip":${number},"gapMs":${gap},"cut":${sounds.some((at) => at < end)},"calls":${agent.calls}}`);
  void session.close().catch(() => {});
}

let next = 1;
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    while (next <= count) await answer(next++);
  }),
);
process.exit(0);

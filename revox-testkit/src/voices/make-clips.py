#!/usr/bin/env python3
"""Makes the clips of the testkit's two voices, and clips.tsv with the place of every word in them.

Needs espeak-ng (the library and its voices) and sox:  apt-get install espeak-ng sox
Usage:  revox-testkit/src/voices/make-clips.py

The phrases are in phrases.txt beside this file. A clip is one SENTENCE, because that is how an agent speaks. espeak-ng is
used through its library and not its program, since only the library tells when each word begins.
"""

import ctypes
import pathlib
import re
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE.parent / "main/resources/dev/revox/testkit/voice"

# Two voices that differ in sex, accent, pitch and speed: (espeak voice, pitch, words a minute, clip's sample rate).
VOICES = {"agent": (b"en-us+f3", 55, 165, 16000), "caller": (b"gmw/en+m3", 38, 160, 8000)}

AUDIO_OUTPUT_SYNCHRONOUS, CHARS_UTF8, POS_CHARACTER = 2, 1, 1
EVENT_LIST_TERMINATED, EVENT_WORD = 0, 1
PARAM_RATE, PARAM_VOLUME, PARAM_PITCH = 1, 2, 3


class EventId(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", EventId),
    ]


CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event))


class Espeak:
    def __init__(self):
        self.lib = ctypes.CDLL("libespeak-ng.so.1")
        self.rate = self.lib.espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, None, 0)
        self.callback = CALLBACK(self._heard)
        self.lib.espeak_SetSynthCallback(self.callback)

    def _heard(self, samples, count, events):
        if count > 0:
            self.pcm.extend(samples[:count])
        index = 0
        while events[index].type != EVENT_LIST_TERMINATED:
            if events[index].type == EVENT_WORD:
                # A word's mark is the sample at which it begins, counted from the start of this text.
                self.words.append((events[index].text_position, events[index].sample))
            index += 1
        return 0

    def speak(self, voice, pitch, speed, text):
        self.pcm, self.words = [], []
        if self.lib.espeak_SetVoiceByName(voice) != 0:
            raise SystemExit(f"espeak-ng has no voice {voice.decode()}")
        self.lib.espeak_SetParameter(PARAM_PITCH, pitch, 0)
        self.lib.espeak_SetParameter(PARAM_RATE, speed, 0)
        self.lib.espeak_SetParameter(PARAM_VOLUME, 90, 0)
        raw = text.encode()
        self.lib.espeak_Synth(raw, len(raw) + 1, 0, POS_CHARACTER, 0, CHARS_UTF8, None, None)
        self.lib.espeak_Synchronize()
        return self.pcm, self.words


def sentences(text):
    return [s.strip() for s in re.findall(r"[^.!?]+[.!?]?", text) if s.strip()]


def speech_edges(pcm, rate):
    """First and last sample that is not silence, by blocks of 5 ms."""
    block = rate // 200
    loud = [i for i in range(0, len(pcm), block) if max(map(abs, pcm[i : i + block])) > 300]
    return loud[0], min(len(pcm), loud[-1] + block)


def main():
    for old in OUT.glob("*/*.wav"):
        old.unlink()
    espeak, lines, seen = Espeak(), [], set()
    for line in (HERE / "phrases.txt").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        speaker, text = line.split("\t")
        voice, pitch, speed, clip_rate = VOICES[speaker]
        for sentence in sentences(text):
            name = speaker + "/" + "-".join(re.findall(r"[a-z0-9]+", sentence.lower())[:6])
            if name in seen:
                continue
            seen.add(name)
            pcm, marks = espeak.speak(voice, pitch, speed, sentence)
            words = sentence.split()
            starts = {}
            for position, sample in marks:
                starts.setdefault(position, sample)
            # Positions count characters from 1. Some pairs ("from the") are spoken as one and get one mark.
            offsets, at, places = [], 0, []
            for word in words:
                at = sentence.index(word, at)
                offsets.append(starts.get(at + 1))
                places.append(at)
                at += len(word)
            if offsets[0] is None:
                raise SystemExit(f"no mark for the first word of: {sentence}")
            ends = places + [len(sentence)]
            for i, offset in enumerate(offsets):
                if offset is None:
                    after = next((k for k in range(i + 1, len(words)) if offsets[k] is not None), len(words))
                    until = offsets[after] if after < len(words) else len(pcm)
                    share = (places[i] - places[i - 1]) / (ends[after] - places[i - 1])
                    offsets[i] = round(offsets[i - 1] + share * (until - offsets[i - 1]))
            first, last = speech_edges(pcm, espeak.rate)
            lead = espeak.rate // 50
            begin, end = max(0, first - lead), min(len(pcm), last + lead)
            ms = lambda sample: round((sample - begin) * 1000 / espeak.rate)
            bounds = [ms(max(o, first)) for o in offsets] + [ms(last)]
            spans = " ".join(f"{a}-{b}" for a, b in zip(bounds, bounds[1:]))
            peak = max(map(abs, pcm))
            scaled = [int(s * 20000 / peak) for s in pcm[begin:end]]
            wav = OUT / f"{name}.wav"
            wav.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run(
                ["sox", "-D", "-t", "raw", "-r", str(espeak.rate), "-e", "signed", "-b", "16", "-c", "1", "-", "-r", str(clip_rate), str(wav)],
                input=(ctypes.c_short * len(scaled))(*scaled),
                check=True,
            )
            lines.append(f"{speaker}\t{name}.wav\t{sentence}\t{spans}")
    (OUT / "clips.tsv").write_text("# speaker, clip, text, and for each word its first and last millisecond\n" + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

package dev.revox.testkit.recognise;

import dev.revox.testkit.voice.Sound;
import java.util.Arrays;

/** What a G.711 line does to a sound: 8 kHz, mu-law by its formula, a gain, silence around, a place off every frame grid. */
final class TelephoneLine {

    private TelephoneLine() {}

    static Sound carry(Sound sound, double gain, int offsetSamples) {
        short[] lead = new short[800 + offsetSamples];
        short[] pcm = new Sound(lead, 8000)
                .then(sound)
                .then(Sound.silence(300, 8000))
                .pcm()
                .clone();
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = mulaw((short) (pcm[i] * gain));
        }
        return new Sound(pcm, 8000);
    }

    /** Silences every packet of 20 ms whose number is a multiple of {@code every}. */
    static Sound losing(Sound carried, int every) {
        short[] pcm = carried.pcm().clone();
        for (int packet = every; (packet + 1) * 160 <= pcm.length; packet += every) {
            Arrays.fill(pcm, packet * 160, (packet + 1) * 160, (short) 0);
        }
        return new Sound(pcm, 8000);
    }

    private static short mulaw(short sample) {
        double magnitude = Math.min(1, Math.abs(sample) / 32635.0);
        long step = Math.round(Math.log(1 + 255 * magnitude) / Math.log(256) * 127);
        return (short) (Math.signum((float) sample) * 32635 * (Math.pow(256, step / 127.0) - 1) / 255);
    }
}

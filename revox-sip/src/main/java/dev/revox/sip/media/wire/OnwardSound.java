package dev.revox.sip.media.wire;

import dev.revox.audio.codec.Codecs;
import dev.revox.audio.mix.LiveSound;
import dev.revox.audio.mix.OutboundMix;
import dev.revox.audio.playout.PersonalEar;
import dev.revox.sip.rtp.RtpPacketView;
import dev.revox.sip.sdp.NegotiatedMedia;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a bridge: what one leg hears leaves by another.
 *
 * <p>Where both have the same codec and the other leg has nothing of its own to send, packets go on as they come. Else they are decoded,
 * wait in a playout buffer for the other leg's clock, and are mixed with what else leaves there: speech of ours, a background. A leg that
 * is recorded mixes always, because its recording is what the telephone hears.
 *
 * <p><b>Thread:</b> Confined to the media loop.
 */
final class OnwardSound implements LiveSound, AutoCloseable {

    /** After the last sound of its own a leg mixes so much longer: changing the way costs the listener a few milliseconds. */
    private static final long MIX_ON_NANOS = 1_000_000_000L;

    private static final int NONE = -1;

    private final OutboundRtp out;
    private final OutboundMix mix;
    private @Nullable NegotiatedMedia from;
    private @Nullable NegotiatedMedia to;
    private boolean sameCodec;
    private @Nullable PersonalEar listener;
    private int listenerRateHz = 8000;
    private int stream = NONE;
    private boolean mixing;
    private boolean soundBefore;
    private long ownSoundNanos;

    /**
     * @param out by which it leaves
     * @param mix what leaves there besides
     * @param agreed what the first leg has agreed so far
     */
    OnwardSound(OutboundRtp out, OutboundMix mix, @Nullable NegotiatedMedia agreed) {
        this.out = out;
        this.mix = mix;
        if (agreed != null) {
            compare(agreed, out.media());
        }
    }

    /** A packet that the first leg believes. */
    void onPacket(
            NegotiatedMedia agreed,
            RtpPacketView view,
            byte[] bytes,
            int packetStream,
            boolean event,
            boolean sound,
            long arrivalNanos) {
        compare(agreed, out.media());
        NegotiatedMedia there = to;
        if (there == null) {
            return;
        }
        if (!mixing && sameCodec) {
            relay(there, view, bytes, packetStream, event, sound);
        } else if (sound) {
            play(agreed, view, bytes, packetStream, arrivalNanos);
        }
    }

    private void relay(
            NegotiatedMedia there, RtpPacketView view, byte[] bytes, int packetStream, boolean event, boolean sound) {
        if (sound) {
            out.relay(view, bytes, packetStream, there.payloadType());
        } else if (event && there.telephoneEventPayloadType().isPresent()) {
            out.relay(
                    view, bytes, packetStream, there.telephoneEventPayloadType().getAsInt());
        }
    }

    private void play(NegotiatedMedia agreed, RtpPacketView view, byte[] bytes, int packetStream, long arrivalNanos) {
        PersonalEar ear = listener;
        if (ear == null || packetStream != stream) {
            stopListening();
            var decoder = Codecs.decoder(Codecs.named(agreed.encodingName(), agreed.clockRateHz()));
            listenerRateHz = decoder.sampleRateHz();
            ear = new PersonalEar(decoder);
            listener = ear;
            stream = packetStream;
        }
        ear.offer(
                bytes,
                view.payloadStart(),
                view.payloadBytes(),
                view.sequenceNumber(),
                (int) view.timestamp(),
                arrivalNanos);
    }

    @SuppressWarnings(
            "ReferenceEquality") // each agreement is another object, and comparing maps per packet is not free
    private void compare(NegotiatedMedia agreed, @Nullable NegotiatedMedia there) {
        if (agreed == from && there == to) {
            return;
        }
        from = agreed;
        to = there;
        stopListening();
        sameCodec = there != null
                && agreed.encodingName().equalsIgnoreCase(there.encodingName())
                && agreed.clockRateHz() == there.clockRateHz();
    }

    /** A key was pressed on the first leg. Where packets are relayed its events have gone on already. */
    void onDigit(char digit) {
        NegotiatedMedia there = to;
        boolean relayed = !mixing
                && sameCodec
                && there != null
                && there.telephoneEventPayloadType().isPresent();
        if (!relayed) {
            boolean unused = out.queueDigit(digit, mix);
        }
    }

    /**
     * A frame of the second leg is due: do packets of the first one leave instead of it?
     *
     * @param ownSound the second leg has something of its own in this frame
     */
    boolean relays(boolean ownSound, long nowNanos) {
        if (ownSound) {
            ownSoundNanos = nowNanos;
            soundBefore = true;
        }
        boolean own = ownSound || (soundBefore && nowNanos - ownSoundNanos < MIX_ON_NANOS);
        boolean mixes = own || !sameCodec;
        if (mixes != mixing) {
            mixing = mixes;
            mix.live(mixes ? this : null);
            stopListening();
            out.restartRelay();
        }
        return !mixes;
    }

    @Override
    public int sampleRateHz() {
        return listenerRateHz;
    }

    @Override
    public boolean read(short[] into, int samples, long nowNanos) {
        PersonalEar ear = listener;
        if (ear == null) {
            return false;
        }
        ear.read(into, 0, samples, nowNanos);
        return true;
    }

    private void stopListening() {
        PersonalEar ear = listener;
        if (ear != null) {
            ear.close();
            listener = null;
        }
    }

    /** The bridge is over. */
    @Override
    public void close() {
        mix.live(null);
        stopListening();
        out.restartRelay();
    }
}

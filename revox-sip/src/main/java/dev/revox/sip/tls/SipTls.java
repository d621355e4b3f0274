package dev.revox.sip.tls;

import dev.revox.RevoxException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whom a line trusts over TLS, and what it shows of itself.
 *
 * <p>TLS 1.3 or 1.2, the trunk's certificate valid, trusted, and for the host name in the trunk's URI: that is always checked.
 * A trunk whose certificate no public authority has signed is reached with {@link #trusting}.
 *
 * <p><b>Thread:</b> Immutable; each method returns a changed copy. <b>Spec:</b> RFC 5922.
 */
public final class SipTls {

    /** The JVM's own trust store, no certificate of ours, no port for others to call us at. */
    public static final SipTls DEFAULT = new SipTls(SipTls::ofTheJvm, OptionalInt.empty());

    private final Supplier<SSLContext> context;
    private final OptionalInt listenPort;

    private SipTls(Supplier<SSLContext> context, OptionalInt listenPort) {
        this.context = context;
        this.listenPort = listenPort;
    }

    private static SSLContext ofTheJvm() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new RevoxException("TLS is not available in this JVM", e, false);
        }
    }

    /** The host's own context: its trust store, its keys, its provider. Asked at the first connection. */
    public SipTls context(SSLContext newContext) {
        Objects.requireNonNull(newContext, "context");
        return new SipTls(() -> newContext, listenPort);
    }

    /** Trusts the authorities and certificates of this store, and nobody else. */
    public SipTls trusting(KeyStore trusted) {
        return made(Optional.of(trusted), Optional.empty(), new char[0]);
    }

    /** Trusts those of one store, or of the JVM's when it is empty, and shows the certificate of another. */
    public SipTls presenting(KeyStore keys, char[] password, Optional<KeyStore> trusted) {
        return made(trusted, Optional.of(keys), password.clone());
    }

    private SipTls made(Optional<KeyStore> trusted, Optional<KeyStore> keys, char[] password) {
        try {
            TrustManager[] trust = null;
            if (trusted.isPresent()) {
                TrustManagerFactory factory =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init(trusted.get());
                trust = factory.getTrustManagers();
            }
            KeyManager[] own = null;
            if (keys.isPresent()) {
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(keys.get(), password);
                own = factory.getKeyManagers();
            }
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(own, trust, null);
            return new SipTls(() -> made, listenPort);
        } catch (GeneralSecurityException e) {
            throw new RevoxException("tls: the key store cannot be used; is the password right?", e, false);
        }
    }

    /**
     * Takes TLS connections at a port. Needed where a trunk opens connections to us instead of using ours; the context must then
     * hold a certificate of ours.
     */
    public SipTls listenOn(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("tls: listenOn must be within 1..65535, was " + port);
        }
        return new SipTls(context, OptionalInt.of(port));
    }

    /** Asked at the first connection. */
    public Supplier<SSLContext> contextSupplier() {
        return context;
    }

    public OptionalInt listenPort() {
        return listenPort;
    }
}

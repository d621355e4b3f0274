package dev.revox.acceptance.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Authorities and the certificates that they signed, made for one run by the JDK's own tool. */
final class Certificates {

    private static final String PASSWORD = "for one test";

    private final Path folder;

    Certificates(Path folder) {
        this.folder = folder;
    }

    /** Makes an authority. */
    Certificates authority(String name) {
        keytool(name, "-dname", "CN=" + name, "-ext", "bc:critical=ca:true", "-ext", "ku:critical=keyCertSign");
        return this;
    }

    /**
     * Makes a certificate that an authority has signed.
     *
     * @param names whom it is for, e.g. {@code dns:localhost,ip:127.0.0.1}
     */
    Certificates signed(String name, String authority, String names) {
        keytool(name, "-dname", "CN=" + name, "-ext", "san=" + names, "-signer", authority);
        return this;
    }

    private void keytool(String alias, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store().toString()));
        command.addAll(List.of(more));
        ForeignProgram.run(folder, command.toArray(String[]::new));
    }

    private Path store() {
        return folder.resolve("keys.p12");
    }

    private KeyStore keys() {
        try (InputStream in = Files.newInputStream(store())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A store that trusts what this authority has signed, and nothing else. */
    KeyStore trusting(String authority) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(authority, keys().getCertificate(authority));
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate with its key, as programs read it. */
    Path pem(String name) {
        StringBuilder text = new StringBuilder();
        try {
            KeyStore store = keys();
            for (Certificate certificate : store.getCertificateChain(name)) {
                text.append(block("CERTIFICATE", certificate.getEncoded()));
            }
            text.append(block(
                    "PRIVATE KEY", store.getKey(name, PASSWORD.toCharArray()).getEncoded()));
            Path file = folder.resolve(name + ".pem");
            Files.writeString(file, text);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String block(String what, byte[] der) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }
}
